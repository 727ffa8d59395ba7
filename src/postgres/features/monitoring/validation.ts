import { CertificateAlias } from '../../plan/certificate-alias';
import { certificateOf } from '../../plan/certificates';
import type { DatabaseContext, WrittenDatabase } from '../../plan/database-context';
import { uncertifiedHosts } from '../../plan/uncertified-hosts';
import { isSameIssuer } from '../../../pki';
import { Consequence, Rule, when } from '../../../rules';

/** Rules for metrics. */
export const MONITORING_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P40',
    title: 'monitor.port invalid or in use',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL uses port 5432; a container without capabilities cannot listen below 1024',
    check: ({ props: { monitor }, plan: { collisions } }) => when(
      monitor?.port !== undefined && (!(Number.isInteger(monitor.port) && monitor.port >= 1024 && monitor.port <= 65_535) || collisions.some(({ property }) => property === 'monitor.port')),
      () => `monitor.port ${monitor!.port} is not an unused port from 1024 to 65535`),
    fix: 'remove it to use the default, 9187, or set an unused port',
  },
  {
    code: 'PGTLS-P41',
    title: 'certificate of the exporter not trusted by the server',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file',
    check: ({ plan }) => {
      const exporter = certificateOf(plan, CertificateAlias.METRICS_EXPORTER)?.issuer;
      const clients = plan.clientCa?.sharedIssuer;
      return when(plan.clientAuthorities.isIssuedSecret && exporter !== undefined && (clients === undefined || !isSameIssuer(clients, exporter)),
        () => `the certificate of the exporter comes from '${exporter!.issuerName}', but the server trusts only the client CA '${clients?.issuerName ?? plan.clientCa!.name}'`);
    },
    fix: 'use the same issuer for both, or set tls.clientAuthorities to a bundle with both CAs',
  },
  {
    code: 'PGTLS-P42',
    title: 'scraper certificate although metrics have no TLS',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'exporter-toolkit, web configuration',
    check: ({ props, plan }) => when(!plan.tls && props.monitor?.serviceMonitor?.clientCertificate !== undefined,
      () => 'monitor.serviceMonitor.clientCertificate is set, but metrics are served without TLS'),
    fix: 'set tls, or remove clientCertificate',
  },
  {
    code: 'PGTLS-P43',
    title: 'exporter cannot verify the server certificate',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go',
    check: ({ props: { monitor }, plan }) => {
      const server = certificateOf(plan, CertificateAlias.SERVER)?.issuer;
      return when(monitor !== undefined && plan.serverAuthorities.isIssuedSecret && server?.providesCaCertificate === false,
        () => `the exporter verifies the server with ca.crt, which issuer '${server!.issuerName}' does not provide`);
    },
    fix: 'set tls.serverAuthorities, use a private CA for the server certificate, or remove monitor',
  },
];

/** Rules for the Service of the metrics as it is written. */
export const WRITTEN_MONITORING_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  {
    code: 'PGTLS-P52',
    title: 'published metrics host name is not in the certificate of the exporter',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'external-dns, hostname annotations; Prometheus, tls_config',
    check: (database) => uncertifiedHosts(database, CertificateAlias.METRICS_EXPORTER, ['stats-service'])
      .map(({ field, host }) => `services.stats: ${field} publishes '${host}', which is not in the certificate of the exporter`),
    fix: 'add the host to tls.certificates.metricsExporter.dnsNames',
  },
];
