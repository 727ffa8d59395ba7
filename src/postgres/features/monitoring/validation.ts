import { exporterCertificateNotTrusted } from './rules/exporter-certificate-not-trusted';
import { exporterWithoutCaCrt } from './rules/exporter-without-ca-crt';
import { monitorPortInvalid } from './rules/monitor-port-invalid';
import { publishedMetricsHostNotInCertificate } from './rules/published-metrics-host-not-in-certificate';
import { scraperCertificateWithoutTls } from './rules/scraper-certificate-without-tls';
import type { DatabaseContext, WrittenDatabase } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for metrics. */
export const MONITORING_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  monitorPortInvalid,
  exporterCertificateNotTrusted,
  scraperCertificateWithoutTls,
  exporterWithoutCaCrt,
];

/** Rules for the Service of the metrics as it is written. */
export const WRITTEN_MONITORING_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  publishedMetricsHostNotInCertificate,
];
