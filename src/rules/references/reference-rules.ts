import { clusterIssuerSecretNamespace } from './cluster-issuer-secret-namespace';
import { issuerInOtherNamespace } from './issuer-in-other-namespace';
import { issuerKindMismatch } from './issuer-kind-mismatch';
import { issuerRefIncomplete } from './issuer-ref-incomplete';
import { leafOverwritesCaSecret } from './leaf-overwrites-ca-secret';
import { secretDeclaredWithData } from './secret-declared-with-data';
import { secretDeclaredWithoutData } from './secret-declared-without-data';
import { secretNameInvalid } from './secret-name-invalid';
import { secretTemplateInstanceLabel } from './secret-template-instance-label';
import { secretTemplateInvalid } from './secret-template-invalid';
import { secretTemplateOwnedByGitops } from './secret-template-owned-by-gitops';
import { secretWrittenTwice } from './secret-written-twice';
import { ruleTable } from '../engine/rule-table';

/** Rules about the Secrets and issuers that Certificates refer to. */
export const REFERENCE_RULES = ruleTable(({ certificates }) => certificates, [
  secretNameInvalid,
  secretWrittenTwice,
  leafOverwritesCaSecret,
  secretDeclaredWithData,
  issuerRefIncomplete,
  issuerInOtherNamespace,
  secretTemplateInvalid,
  secretTemplateOwnedByGitops,
  secretDeclaredWithoutData,
  secretTemplateInstanceLabel,
  issuerKindMismatch,
]);

/** Rules about the Secrets that issuers refer to. */
export const ISSUER_REFERENCE_RULES = ruleTable(({ issuers }) => issuers, [
  clusterIssuerSecretNamespace,
]);
