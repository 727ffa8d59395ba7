import { Chart, Size } from 'cdk8s';
import {
  AcmeSolver, Certificate, Dns01Provider, Issuer, IssuerSource, KeyUsage, NetworkPeer, Postgres, PostgresMonitor, PostgresNetwork,
  PostgresServiceType, PostgresStorage, PostgresVersion, ServerNames, TrustBundle, TrustBundleSource, TrustSource,
} from 'cdk8s-postgres-tls';
import { Construct } from 'constructs';

const HOST = 'orders-db.example.com';
const OFFICE = '203.0.113.0/24';

/** A server with a public name and a certificate from Let's Encrypt; client certificates come from the CA of the database alone. */
export function publicName(scope: Construct): Chart {
  const chart = new Chart(scope, 'public-name', { namespace: 'orders' });
  const letsEncrypt = new Issuer(chart, 'letsencrypt', {
    source: IssuerSource.acme({
      server: 'https://acme-v02.api.letsencrypt.org/directory',
      // The CA validates the name by a record in its zone, so the database does not have to be reachable from outside.
      solvers: [AcmeSolver.dns01(Dns01Provider.route53({ region: 'eu-central-1' }), { selector: { dnsZones: ['example.com'] } })],
    }),
  });
  const publicCas = new TrustBundle(chart, 'public-cas', { sources: [TrustBundleSource.defaultCas()] });
  const db = new Postgres(chart, 'orders-db', {
    version: PostgresVersion.V18,
    tls: {
      issuer: letsEncrypt,
      serverNames: ServerNames.only([HOST]), // a public CA signs no name inside the cluster
      trustedServerCas: TrustSource.fromBundle(publicCas), // ACME issuers provide no ca.crt
    },
    storage: PostgresStorage.durable({ size: Size.gibibytes(10) }),
    services: {
      primary: {
        type: PostgresServiceType.LOAD_BALANCER,
        annotations: { 'external-dns.alpha.kubernetes.io/hostname': HOST },
        loadBalancerSourceRanges: [OFFICE],
        externalTrafficPolicy: 'Local',
      },
    },
    network: PostgresNetwork.restricted({ clients: [NetworkPeer.sameNamespace(), NetworkPeer.network(OFFICE)] }),
    monitor: PostgresMonitor.prometheus(),
  });
  new Certificate(chart, 'reports-client', {
    issuer: db.clientIssuer!, // the private CA; a public CA signs no client certificates
    commonName: 'reports',
    usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CLIENT_AUTH],
  });
  return chart;
}
