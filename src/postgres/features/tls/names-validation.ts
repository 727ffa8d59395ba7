import type { WrittenDatabase } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { serverNamesInvalid } from './rules/server-names-invalid';
import { publishedHostNotInDatabaseCertificate } from './rules/published-host-not-in-database-certificate';
import { patchedCertificateWithoutEndpoint } from './rules/patched-certificate-without-endpoint';

/** Rules for server names: every published host name must be in the certificate. Services and Certificates are checked as they are written. */
export const NAME_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  serverNamesInvalid,
  publishedHostNotInDatabaseCertificate,
  patchedCertificateWithoutEndpoint,
];
