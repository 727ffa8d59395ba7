import { certificateOptionsUnused } from './rules/certificate-options-unused';
import { clientCaContradictsIssuer } from './rules/client-ca-contradicts-issuer';
import { clientCaOpenToAllNamespaces } from './rules/client-ca-open-to-all-namespaces';
import { clientCaWithoutCaCrt } from './rules/client-ca-without-ca-crt';
import { databaseCertificateNotTrusted } from './rules/database-certificate-not-trusted';
import { sharedClientCaCertificateMissing } from './rules/shared-client-ca-certificate-missing';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for the client CA. */
export const CLIENT_CA_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  clientCaWithoutCaCrt,
  clientCaOpenToAllNamespaces,
  sharedClientCaCertificateMissing,
  certificateOptionsUnused,
  clientCaContradictsIssuer,
  databaseCertificateNotTrusted,
];
