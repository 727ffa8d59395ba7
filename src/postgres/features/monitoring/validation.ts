import { CertificateAlias } from '../../certificate-alias';
import { certificateOf, isSameIssuer } from '../../plan/certificates';
import type { DatabaseContext, WrittenDatabase } from '../../plan/database-context';
import { uncertifiedHosts } from '../../plan/published-hosts';
import { Consequence, Rule, when } from '../../../rules';

/** What is proven about metrics. */
export const MONITORING_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P40',
    title: 'a port of the exporter that is not free',
    consequence: Consequence.NEVER_READY,
    source: 'port 5432 is PostgreSQL; below 1024 a container without capabilities cannot listen',
    check: ({ props: { monitor }, plan: { collisions } }) => when(
      monitor?.port !== undefined && (!(Number.isInteger(monitor.port) && monitor.port >= 1024 && monitor.port <= 65_535) || collisions.some(({ property }) => property === 'monitor.port')),
      () => `monitor.port ${monitor!.port} is no free port from 1024 to 65535`),
    fix: 'leave it out for 9187',
  },
  {
    code: 'PGTLS-P41',
    title: 'an exporter whose certificate the server does not trust',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file',
    check: ({ plan }) => {
      const exporter = certificateOf(plan, CertificateAlias.METRICS_EXPORTER)?.issuer;
      const clients = plan.clientCa?.sharedIssuer;
      return when(plan.clientAuthorities.isIssuedSecret && exporter !== undefined && (clients === undefined || !isSameIssuer(clients, exporter)),
        () => `the exporter's certificate comes from '${exporter!.issuerName}', those of clients from '${clients?.issuerName ?? plan.clientCa!.name}': the server trusts one of them`);
    },
    fix: 'have both issued by one authority, or give tls.clientAuthorities with both',
  },
  {
    code: 'PGTLS-P42',
    title: 'a certificate for the scraper where metrics have no TLS',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'exporter-toolkit, web configuration',
    check: ({ props, plan }) => when(!plan.tls && props.monitor?.serviceMonitor?.clientCertificate !== undefined,
      () => 'monitor.serviceMonitor.clientCertificate is given, yet metrics are served without TLS'),
    fix: 'give tls, or leave it out',
  },
  {
    code: 'PGTLS-P43',
    title: 'an exporter that cannot verify the server',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go',
    check: ({ props: { monitor }, plan }) => {
      const server = certificateOf(plan, CertificateAlias.SERVER)?.issuer;
      return when(monitor !== undefined && plan.serverAuthorities.isIssuedSecret && server?.providesCaCertificate === false,
        () => `the exporter verifies the server with ca.crt, which issuer '${server!.issuerName}' does not give`);
    },
    fix: 'give tls.serverAuthorities, have the server certificate issued by a private authority, or leave monitor out',
  },
];

/** What is proven about the Service of the metrics as it is written. */
export const WRITTEN_MONITORING_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  {
    code: 'PGTLS-P52',
    title: 'a published host name of the metrics that is not on the certificate of the exporter',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'external-dns, hostname annotations; Prometheus, tls_config',
    check: (database) => uncertifiedHosts(database, CertificateAlias.METRICS_EXPORTER, ['stats-service'])
      .map(({ field, host }) => `serviceTemplates: ${field} publishes '${host}', which the certificate of the exporter does not carry`),
    fix: 'add the host to tls.certificates, alias metrics-exporter, dnsNames',
  },
];
