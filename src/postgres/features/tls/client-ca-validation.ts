import type { DatabaseContext } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { clientCaWithoutCaCrt } from './rules/client-ca-without-ca-crt';
import { clientCaOpenToAllNamespaces } from './rules/client-ca-open-to-all-namespaces';
import { sharedClientCaCertificateMissing } from './rules/shared-client-ca-certificate-missing';
import { certificateOptionsUnused } from './rules/certificate-options-unused';
import { clientCaContradictsIssuer } from './rules/client-ca-contradicts-issuer';
import { databaseCertificateNotTrusted } from './rules/database-certificate-not-trusted';

/** Rules for the client CA. */
export const CLIENT_CA_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  clientCaWithoutCaCrt,
  clientCaOpenToAllNamespaces,
  sharedClientCaCertificateMissing,
  certificateOptionsUnused,
  clientCaContradictsIssuer,
  databaseCertificateNotTrusted,
];
