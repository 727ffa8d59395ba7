import { patchedCertificateWithoutEndpoint } from './rules/patched-certificate-without-endpoint';
import { publishedHostNotInDatabaseCertificate } from './rules/published-host-not-in-database-certificate';
import { serverNamesInvalid } from './rules/server-names-invalid';
import type { WrittenDatabase } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for server names: every published host name must be in the certificate. Services and Certificates are checked as they are written. */
export const NAME_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  serverNamesInvalid,
  publishedHostNotInDatabaseCertificate,
  patchedCertificateWithoutEndpoint,
];
