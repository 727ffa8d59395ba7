import type { DatabaseContext, WrittenDatabase } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { monitorPortInvalid } from './rules/monitor-port-invalid';
import { exporterCertificateNotTrusted } from './rules/exporter-certificate-not-trusted';
import { scraperCertificateWithoutTls } from './rules/scraper-certificate-without-tls';
import { exporterWithoutCaCrt } from './rules/exporter-without-ca-crt';
import { publishedMetricsHostNotInCertificate } from './rules/published-metrics-host-not-in-certificate';

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
