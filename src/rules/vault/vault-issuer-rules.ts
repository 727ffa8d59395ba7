import { issuersOfType } from '../../pki';
import { ruleTable } from '../engine/rule-table';
import { vaultPathWithParentSegment } from './vault-path-with-parent-segment';
import { vaultClientCertificateIncomplete } from './vault-client-certificate-incomplete';
import { vaultAuthMissing } from './vault-auth-missing';
import { vaultAuthDuplicate } from './vault-auth-duplicate';
import { vaultKubernetesAuthSource } from './vault-kubernetes-auth-source';
import { vaultAwsRoleMissing } from './vault-aws-role-missing';
import { vaultPathPrefix } from './vault-path-prefix';
import { vaultCertificateAuthOverHttp } from './vault-certificate-auth-over-http';
import { vaultOverHttp } from './vault-over-http';

/** Rules about issuers of type `vault` and their auth methods. */
export const VAULT_ISSUER_RULES = ruleTable(issuersOfType('vault'), [
  vaultPathWithParentSegment,
  vaultClientCertificateIncomplete,
  vaultAuthMissing,
  vaultAuthDuplicate,
  vaultKubernetesAuthSource,
  vaultAwsRoleMissing,
  vaultPathPrefix,
  vaultCertificateAuthOverHttp,
  vaultOverHttp,
]);
