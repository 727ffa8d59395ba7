import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, type Rule, source } from '../../../../rules';

export const scraperCertificateWithoutTls: Rule<DatabaseContext> = {
  id: 'scraper-certificate-without-tls',
  code: 'PGTLS-P42',
  title: 'scraper certificate although metrics have no TLS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source(
    'exporter-toolkit, web configuration',
    'https://github.com/prometheus/exporter-toolkit/blob/6ea5d3cc200f068d4866f58c628e9be2c0dd86e9/docs/web-configuration.md',
  )],
  check: ({ props, plan }, report) => {
    if (!plan.tls && props.monitor?._options.serviceMonitor?.clientCertificate !== undefined) {
      report('monitor.serviceMonitor.clientCertificate', 'monitor.serviceMonitor.clientCertificate is set, but metrics are served without TLS');
    }
  },
  fix: 'set tls, or remove clientCertificate',
};
