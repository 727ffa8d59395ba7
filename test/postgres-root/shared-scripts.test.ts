import { statSync } from 'node:fs';
import { Chart, Testing } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresScripts, PostgresStorage, PostgresVersion } from '../../src';
import { find, LocalDatabase, type Manifest } from '../local';
import { chartIn } from '../support/tree';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();

/** Two databases of one namespace, in charts of their own, with the same scripts. */
function documentsOf(declare: (db: Postgres) => void = () => {}): Manifest[] {
  const shared = chartIn('demo', 'shared');
  const scripts = new PostgresScripts(shared, 'scripts');
  const chart = new Chart(shared.node.root, 'db', { namespace: 'demo' });
  const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, storage: PostgresStorage.ephemeral(), scripts });
  declare(db);
  return [...Testing.synth(shared), ...Testing.synth(chart)];
}

test('a database with shared scripts starts, becomes ready, and applies its first declaration without a restart', async () => {
  const database = await LocalDatabase.start({ documents: documentsOf(), runAs: POSTGRES, wrapper: asInTheImage() });
  try {
    const reloader = database.pod.start('reloader');
    await reloader.waitFor(/reloaded, serving/, 45_000);
    expect(statSync(database.pod.hostPath('reloader', '/etc/postgresql/reload.sh')).mode & 0o777).toBe(0o440);
    expect(reloader.logs).not.toMatch(/declarations/);

    const from = reloader.logs.length;
    const declared = find(documentsOf((db) => db.addDatabase('orders')), 'ConfigMap', 'db-config');
    database.pod.updateConfigMap(declared);
    await reloader.waitFor(/reloaded, serving/, 45_000, from);
    const { stdout } = await database.pod.exec('reloader', ['psql', '-X', '-A', '-t', '-c', "SELECT datname FROM pg_database WHERE datname = 'orders'"]);
    expect(stdout.trim()).toBe('orders');
  } finally {
    await database.stop();
  }
});
