import { vaultAuthDuplicate } from './vault-auth-duplicate';
import { vaultAuthMissing } from './vault-auth-missing';
import { vaultAwsRoleMissing } from './vault-aws-role-missing';
import { vaultCertificateAuthOverHttp } from './vault-certificate-auth-over-http';
import { vaultClientCertificateIncomplete } from './vault-client-certificate-incomplete';
import { vaultKubernetesAuthSource } from './vault-kubernetes-auth-source';
import { vaultOverHttp } from './vault-over-http';
import { vaultPathPrefix } from './vault-path-prefix';
import { vaultPathWithParentSegment } from './vault-path-with-parent-segment';
import { issuersOfType } from '../../pki';
import { ruleTable } from '../engine/rule-table';

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
