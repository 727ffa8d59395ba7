import { App, Chart } from 'cdk8s';
import { CertificateAuthority, CertManagerVersion, ClientConnection, Manifests, Postgres, PostgresStorage, PostgresVersion, Validation } from '../../src';

const RECEIVERS: Readonly<Record<string, () => object>> = {
  CertManagerVersion: () => CertManagerVersion.V1_18,
  ClientConnection: () => new ClientConnection({ hosts: ['db'], database: 'orders', user: 'orders' }),
  Postgres: () => new Postgres(new Chart(new App(), 'chart', { namespace: 'demo' }), 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral() }),
  PostgresClient: () => new Postgres(new Chart(new App(), 'chart', { namespace: 'demo' }), 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(new Chart(new App(), 'pki', { namespace: 'demo' }), 'ca') },
  }).addClient('orders'),
  Manifests: () => Manifests.fromYaml({}),
  Validation: () => Validation.of(new Chart(new App(), 'chart', { namespace: 'demo' })),
};

/** An instance of a public class, for its entries that are methods: `CertManagerVersion#isAtLeast`. */
export function receiverOf(owner: string): object {
  const make = RECEIVERS[owner];
  if (make === undefined) { throw new Error(`no instance of ${owner} is known; add one`); }
  return make();
}
