import { CertificateAlias } from '../../../plan/certificate-alias';
import type { WrittenDatabase } from '../../../plan/database-context';
import { uncertifiedHosts } from '../../../plan/uncertified-hosts';
import { Consequence, EXTERNAL_DNS_ANNOTATIONS, postgresPage, type Rule } from '../../../../rules';

export const publishedHostNotInDatabaseCertificate: Rule<WrittenDatabase> = {
  id: 'published-host-not-in-database-certificate',
  code: 'PGTLS-P49',
  title: 'published host name is not in the server certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [EXTERNAL_DNS_ANNOTATIONS, postgresPage('libpq-ssl.html', 'SSL Support', 'with sslmode=verify-full the host must be in the certificate')],
  check: (database, report) => {
    for (const { host, annotation, field } of uncertifiedHosts(database, CertificateAlias.SERVER, ['service', 'headless-service'])) {
      report(field, `services: annotation '${annotation}' publishes '${host}', which is not in the server certificate`);
    }
  },
  fix: 'add the host to tls.serverNames',
};
