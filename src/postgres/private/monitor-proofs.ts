import { isSameIssuer } from './client-ca';
import { POSTGRES_PORT } from './layout';
import { issuerOf, PostgresSubject } from './subject';
import { Consequence, Rule, when } from '../../rules';
import { CertificateAlias } from '../ssl-mode';

/** What is proven about metrics. */
export const MONITOR_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P40',
    title: 'a port of the exporter that is not free',
    consequence: Consequence.NEVER_READY,
    source: 'port 5432 is PostgreSQL; below 1024 a container without capabilities cannot listen',
    check: ({ plan: { exporter } }) => when(
      exporter !== undefined && !(Number.isInteger(exporter.port) && exporter.port >= 1024 && exporter.port <= 65_535 && exporter.port !== POSTGRES_PORT),
      () => `monitor.port ${exporter!.port} is no free port from 1024 to 65535`),
    fix: 'leave it out for 9187',
  },
  {
    code: 'PGTLS-P41',
    title: 'an exporter whose certificate the server does not trust',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file',
    check: (database) => {
      const { plan } = database;
      const exporter = issuerOf(database, CertificateAlias.METRICS_EXPORTER);
      const clients = plan.clientCa?.sharedIssuer;
      return when(plan.exporter?.tls === true && plan.clientAuthorities.isIssuedSecret && exporter !== undefined && (clients === undefined || !isSameIssuer(clients, exporter)),
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
    check: (database) => {
      const { plan } = database;
      const server = issuerOf(database, CertificateAlias.SERVER);
      return when(plan.exporter?.tls === true && plan.serverAuthorities.isIssuedSecret && server?.providesCaCertificate === false,
        () => `the exporter verifies the server with ca.crt, which issuer '${server!.issuerName}' does not give`);
    },
    fix: 'give tls.serverAuthorities, have the server certificate issued by a private authority, or leave monitor out',
  },
];
