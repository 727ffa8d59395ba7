import { issuerInOtherNamespace } from './issuer-in-other-namespace';
import { ruleTable } from '../engine/rule-table';
import { secretNameInvalid } from './secret-name-invalid';
import { secretWrittenTwice } from './secret-written-twice';
import { leafOverwritesCaSecret } from './leaf-overwrites-ca-secret';
import { secretDeclaredWithData } from './secret-declared-with-data';
import { issuerRefIncomplete } from './issuer-ref-incomplete';
import { secretTemplateInvalid } from './secret-template-invalid';
import { secretTemplateOwnedByGitops } from './secret-template-owned-by-gitops';
import { secretDeclaredWithoutData } from './secret-declared-without-data';
import { secretTemplateInstanceLabel } from './secret-template-instance-label';
import { issuerKindMismatch } from './issuer-kind-mismatch';
import { clusterIssuerSecretNamespace } from './cluster-issuer-secret-namespace';

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
