import assert from 'node:assert/strict';
import { App, Chart, Size } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { CertificateAuthority, Manifests, Postgres, PostgresStorage, PostgresVersion } from 'cdk8s-postgres-tls';

// Jest and Vitest (with `globals`) define `test`; node:test is used without them.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const run = (globalThis as { test?: (name: string, body: () => void) => unknown }).test ?? (require('node:test') as typeof import('node:test')).test;

/** The chart under test: here your own function. */
function shop(app: App): Chart {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const ca = new CertificateAuthority(chart, 'shop-ca');
  const storage = PostgresStorage.durable({ size: Size.gibibytes(10) });
  const db = new Postgres(chart, 'shop-db', { version: PostgresVersion.V18, tls: { issuer: ca.issuer }, storage });
  db.addClient('shop').connect(new Deployment(chart, 'web', { metadata: { name: 'shop' }, containers: [{ image: 'registry.example.com/shop:1', securityContext: { user: 1000 } }] }));
  return chart;
}

const manifests = Manifests.of(shop(new App()));

run('the shop gets into its database', () => {
  const { outcome, step, error } = manifests.canConnect('shop', 'shop');
  assert.equal(outcome, 'admitted', `${step}: ${error}`);
});

run('no other role than the shop gets into its database over the network', () => {
  const roles = manifests.access().filter(({ databases, channels }) => databases.includes('shop') && !channels.includes('socket')).map(({ role }) => role);
  assert.deepEqual([...new Set(roles)], ['shop']);
});

run('the certificate of the server has the name of its Service, for 90 days', () => {
  const [certificate] = manifests.certificates().filter(({ name }) => name === 'shop-db-server-cert');
  assert.ok(certificate?.dnsNames.includes('shop-db.shop.svc'));
  assert.equal(certificate?.durationSeconds, 90 * 86_400);
});

run('the volume has 10 GiB', () => {
  const { spec } = manifests.only({ kind: 'StatefulSet', namespace: 'shop' });
  assert.equal(spec.volumeClaimTemplates[0].spec.resources.requests.storage, '10Gi');
});

run('there is no finding', () => {
  assert.deepEqual(manifests.findings().map(({ rule, message }) => `${rule.code}: ${message}`), []);
});
