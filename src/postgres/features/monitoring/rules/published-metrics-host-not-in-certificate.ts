import { CertificateAlias } from '../../../plan/certificate-alias';
import type { WrittenDatabase } from '../../../plan/database-context';
import { uncertifiedHosts } from '../../../plan/uncertified-hosts';
import { Consequence, EXTERNAL_DNS_ANNOTATIONS, type Rule, source } from '../../../../rules';

export const publishedMetricsHostNotInCertificate: Rule<WrittenDatabase> = {
  id: 'published-metrics-host-not-in-certificate',
  code: 'PGTLS-P52',
  title: 'published metrics host name is not in the certificate of the exporter',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    EXTERNAL_DNS_ANNOTATIONS,
    source(
      'Prometheus, tls_config: the client verifies the name of the server',
      'https://github.com/prometheus/prometheus/blob/1e317d00987888807ba8998f0d0c452ac5eda463/docs/configuration/configuration.md',
    ),
  ],
  check: (database, report) => {
    for (const { host, annotation, field } of uncertifiedHosts(database, CertificateAlias.METRICS_EXPORTER, ['stats-service'])) {
      report(field, `services.stats: annotation '${annotation}' publishes '${host}', which is not in the certificate of the exporter`);
    }
  },
  fix: 'add the host to tls.certificates.metricsExporter.dnsNames',
};
