import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const scraperCertificateWithoutTls: Rule<DatabaseContext> = {
  id: 'scraper-certificate-without-tls',
  code: 'PGTLS-P42',
  title: 'scraper certificate although metrics have no TLS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'exporter-toolkit, web configuration',
  check: ({ props, plan }) => when(!plan.tls && props.monitor?._options.serviceMonitor?.clientCertificate !== undefined,
    () => 'monitor.serviceMonitor.clientCertificate is set, but metrics are served without TLS'),
  fix: 'set tls, or remove clientCertificate',
};
