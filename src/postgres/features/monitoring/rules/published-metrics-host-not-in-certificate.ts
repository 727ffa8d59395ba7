import { CertificateAlias } from '../../../plan/certificate-alias';
import type { WrittenDatabase } from '../../../plan/database-context';
import { uncertifiedHosts } from '../../../plan/uncertified-hosts';
import { Consequence, Rule } from '../../../../rules';

export const publishedMetricsHostNotInCertificate: Rule<WrittenDatabase> = {
  id: 'published-metrics-host-not-in-certificate',
  code: 'PGTLS-P52',
  title: 'published metrics host name is not in the certificate of the exporter',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'external-dns, hostname annotations; Prometheus, tls_config',
  check: (database) => uncertifiedHosts(database, CertificateAlias.METRICS_EXPORTER, ['stats-service'])
    .map(({ field, host }) => `services.stats: ${field} publishes '${host}', which is not in the certificate of the exporter`),
  fix: 'add the host to tls.certificates.metricsExporter.dnsNames',
};
