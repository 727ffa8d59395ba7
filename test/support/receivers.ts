import { App, Chart } from 'cdk8s';
import {
  ArgoCd, CertificateAuthority, CertManagerVersion, ClientConnection, ClusterIssuer, Manifests,
  PgBouncerVersion, Postgres, PostgresClient, PostgresPooler, PostgresStorage, PostgresVersion, Validation,
} from '../../src';

const RECEIVERS: Readonly<Record<string, () => object>> = {
  ArgoCd: () => ArgoCd.of(new Chart(new App(), 'chart', { namespace: 'demo' })),
  CertManagerVersion: () => CertManagerVersion.V1_18,
  ClientConnection: () => new ClientConnection({ hosts: ['db'], database: 'orders', user: 'orders' }),
  Postgres: () => new Postgres(new Chart(new App(), 'chart', { namespace: 'demo' }), 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral() }),
  PostgresClient: () => clientIn(new Chart(new App(), 'chart', { namespace: 'demo' }), 'db'),
  ReferencedPostgres: () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'demo' });
    return Postgres.fromPostgresAttributes(chart, 'orders', { name: 'orders-db', clientIssuer: ClusterIssuer.fromClusterIssuerName(chart, 'ca', 'ca') });
  },
  Manifests: () => Manifests.fromYaml({}),
  Validation: () => Validation.of(new Chart(new App(), 'chart', { namespace: 'demo' })),
};

/** A client of a database that a chart gets under an id. */
export function clientIn(chart: Chart, id: string): PostgresClient {
  const issuer = new CertificateAuthority(chart, `${id}-ca`).issuer;
  return new Postgres(chart, id, { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer } }).addClient('orders');
}

/** A pooler of a database that a chart gets under an id. */
export function poolerIn(chart: Chart, id: string): PostgresPooler {
  const { db } = clientIn(chart, id);
  return (db as Postgres).addPooler('pool', { version: PgBouncerVersion.of('1.26.1', 'registry.example/pgbouncer:1.26.1'), clients: ['orders'] });
}

/** An instance of a public class, for its entries that are methods: `CertManagerVersion#isAtLeast`. */
export function receiverOf(owner: string): object {
  const make = RECEIVERS[owner];
  if (make === undefined) { throw new Error(`no instance of ${owner} is known; add one`); }
  return make();
}
