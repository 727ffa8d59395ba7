import { Chart, Size, Testing } from 'cdk8s';
import { CertificateAuthority, ClientCa, Postgres, PostgresMonitor, PostgresProps, PostgresStorage, PostgresVersion } from '../../src';
import { LocalDatabase } from '../local';
import { chartIn } from '../support/tree';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();

const ca = (chart: Chart, name: string) => new CertificateAuthority(chart, name).issuer;

// The exporter's own data source, files and role; psql reads it as the exporter's driver does.
test.each<[string, (chart: Chart) => Partial<PostgresProps>, string]>([
  ['with its certificate', (chart) => ({ tls: { issuer: ca(chart, 'ca') } }), 'postgres_exporter|t'],
  [
    'where the CA of clients is shared',
    (chart) => {
      const issuer = ca(chart, 'clients');
      return { tls: { issuer: ca(chart, 'servers'), clientCa: ClientCa.shared(issuer) } };
    },
    'postgres_exporter|t',
  ],
  ['over the socket without TLS', () => ({}), 'postgres_exporter|f'],
])('the exporter logs in %s, and may read statistics', async (_, props, expected) => {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), monitor: PostgresMonitor.prometheus(), ...props(chart) });
  const database = await LocalDatabase.start({ documents: Testing.synth(chart), runAs: POSTGRES, wrapper: asInTheImage() });
  try {
    await database.pod.start('reloader').waitFor(/reloaded/);
    const ask = (sql: string) => database.pod.exec('exporter', ['sh', '-c', 'psql -X -A -t "$DATA_SOURCE_NAME" -c "$0"', sql]);
    const { stdout, stderr } = await ask('SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    expect({ answer: stdout.trim(), stderr }).toEqual({ answer: expected, stderr: '' });
    expect((await ask('SELECT count(*) > 0 FROM pg_ls_waldir()')).stdout.trim()).toBe('t');
    expect((await ask('CREATE TABLE taken (id int)')).stderr).toContain('permission denied');
  } finally {
    await database.stop();
  }
});
