import { Size, Testing } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { CertificateAuthority, DatabaseLocale, InitScripts, Postgres, PostgresInit, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../src';
import { LocalCertManager, LocalPod, Manifest } from '../local';
import { chartIn } from '../support/tree';
import { asInTheImage, demandSystem, POSTGRES } from './support';
import { VERSIONS } from '../support/versions';

demandSystem();


function documentsOf(version: PostgresVersion, init: PostgresInit, scripts: Record<string, string>): Manifest[] {
  const chart = chartIn();
  const configMap = ConfigMap.fromConfigMapName(chart, 'scripts', 'schema');
  new Postgres(chart, 'db', {
    version,
    tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate(),
    storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
    init: { ...init, scripts: InitScripts.fromConfigMap(configMap) },
    parameters: { work_mem: '7MB' },
  });
  return [...Testing.synth(chart), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'schema', namespace: 'demo' }, data: scripts } as Manifest];
}

async function podOf(version: PostgresVersion, init: PostgresInit, scripts: Record<string, string>): Promise<LocalPod> {
  const documents = documentsOf(version, init, scripts);
  return LocalPod.create({ documents, secrets: await new LocalCertManager(documents).issueAll(), major: version.major, runAs: POSTGRES, wrapper: asInTheImage() });
}

const SCRIPTS = {
  '10-schema.sql': "CREATE TABLE runs (who text);\nINSERT INTO runs VALUES ('sql with ' || current_setting('work_mem'));",
  '20-more.sh': 'psql --quiet --command "INSERT INTO runs VALUES (\'sh\')"',
  '30-readme.txt': 'not a script',
};

describe.each(VERSIONS)('PostgreSQL $major', (version) => {
  test('runs scripts once, in order, with the configuration of the server, before a client can connect', async () => {
    const pod = await podOf(version, {}, SCRIPTS);
    try {
      const { code, stdout, stderr } = await pod.runInit('init');
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.match(/^init: .*$/gm)).toEqual(['init: running 10-schema.sql', 'init: running 20-more.sh', 'init: running 30-readme.txt', 'init: ignoring 30-readme.txt, which is neither .sql nor .sh']);
      expect((await pod.runInit('init')).stdout).toBe('');
      await pod.startServer();
      const rows = await pod.exec('reloader', ['psql', '-X', '-A', '-t', '-c', 'SELECT who FROM runs']);
      expect(rows.stdout.trim().split('\n')).toEqual(['sql with 7MB', 'sh']);
    } finally {
      await pod.dispose();
    }
  });
});

test('a failing script leaves nothing behind; after its repair, everything runs from the beginning', async () => {
  const pod = await podOf(PostgresVersion.V18, {}, { '10-schema.sql': SCRIPTS['10-schema.sql'], '20-wrong.sql': 'SELECT nonsense;' });
  try {
    const { code, stderr } = await pod.runInit('init');
    expect(code).toBe(1);
    expect(stderr).toContain('init: 20-wrong.sql failed; the next start deletes the incomplete data directory and begins again');
    pod.updateConfigMap({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'schema' }, data: { '10-schema.sql': SCRIPTS['10-schema.sql'] } });
    expect((await pod.runInit('init')).code).toBe(0);
    await pod.startServer();
    expect((await pod.exec('reloader', ['psql', '-X', '-A', '-t', '-c', 'SELECT count(*) FROM runs'])).stdout.trim()).toBe('1');
  } finally {
    await pod.dispose();
  }
});

test.each<[string, PostgresVersion, PostgresInit, string]>([
  ['ICU sorts as people do', PostgresVersion.V16, { locale: DatabaseLocale.icu('de-DE') }, "SELECT 'ä' < 'z'"],
  ['larger WAL segments', PostgresVersion.V18, { walSegmentSize: Size.mebibytes(32) }, "SELECT current_setting('wal_segment_size') = '32MB'"],
  ['no checksums', PostgresVersion.V18, { dataChecksums: false }, "SELECT current_setting('data_checksums') = 'off'"],
  ['another character set', PostgresVersion.V18, { encoding: 'LATIN1', locale: DatabaseLocale.libc('C') }, "SELECT pg_encoding_to_char(encoding) = 'LATIN1' FROM pg_database WHERE datname = 'postgres'"],
])('%s', async (_, version, init, question) => {
  const pod = await podOf(version, init, {});
  try {
    expect((await pod.runInit('init')).code).toBe(0);
    await pod.startServer();
    expect((await pod.exec('reloader', ['psql', '-X', '-A', '-t', '-c', question])).stdout.trim()).toBe('t');
  } finally {
    await pod.dispose();
  }
});
