import { CertificateAlias } from '../../../plan/certificate-alias';
import { uncertifiedHosts } from '../../../plan/uncertified-hosts';
import type { WrittenDatabase } from '../../../plan/database-context';
import { Consequence, Rule } from '../../../../rules';

export const publishedHostNotInDatabaseCertificate: Rule<WrittenDatabase> = {
  id: 'published-host-not-in-database-certificate',
  code: 'PGTLS-P49',
  title: 'published host name is not in the server certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'external-dns, hostname annotations; libpq, sslmode=verify-full',
  check: (database) => uncertifiedHosts(database, CertificateAlias.SERVER, ['service', 'headless-service'])
    .map(({ field, host }) => `services: ${field} publishes '${host}', which is not in the server certificate`),
  fix: 'add the host to tls.serverNames',
};
