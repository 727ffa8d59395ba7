import { chownSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { Client } from 'pg';
import { Postgres } from '../../src';
import { LocalPod, Manifest } from '../local';
import { markedBlock, REPOSITORY } from '../support/repository';

const DOCS = readFileSync(join(REPOSITORY, 'docs/kubedb.md'), 'utf8');

function documentsOf(version: string, clientAuthMode: string): Manifest[] {
  const chart = new Chart(new App(), 'demo', { namespace: 'demo' });
  Postgres.fromKubeDb(chart, 'pg', `
apiVersion: kubedb.com/v1
kind: Postgres
metadata: { name: pg, namespace: demo }
spec: { version: "${version}", clientAuthMode: ${clientAuthMode}, storage: { resources: { requests: { storage: 1Gi } } } }
`);
  return Testing.synth(chart) as Manifest[];
}

/** The settings with which KubeDB's server runs: its files are in the data directory, and ours reads none of them. */
const KUBEDB_CONF = "wal_level = replica\narchive_mode = always\nshared_preload_libraries = 'pg_stat_statements'\nprimary_conninfo = 'host=pg'\n";

/** The volume as KubeDB leaves it after its pods have stopped: the data directory `data`, its own configuration in it, and roles with both kinds of password. */
async function fillAsKubeDb(pod: LocalPod): Promise<void> {
  const run = async (script: string, ...words: string[]) => {
    const { code, stderr } = await pod.exec('init', ['sh', '-ec', script, 'sh', ...words]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  };
  await run('initdb --pgdata="$DATA_VOLUME/data" --username=postgres --encoding=UTF8 --locale=C --auth=trust >&2');
  await run('printf "%s\\n" "$1" | postgres --single -D "$DATA_VOLUME/data" postgres >&2', [
    "SET password_encryption = 'md5'", "CREATE ROLE old LOGIN PASSWORD 'old-secret'", "SET password_encryption = 'scram-sha-256'", "CREATE ROLE new LOGIN PASSWORD 'new-secret'",
    'CREATE TABLE kept AS SELECT 42 AS answer', 'GRANT SELECT ON kept TO old, new',
  ].join('\n'));
  await run('printf "%s" "$1" >>"$DATA_VOLUME/data/postgresql.conf"; printf "host all all all reject\\n" >"$DATA_VOLUME/data/pg_hba.conf"', KUBEDB_CONF);
}

async function ask(pod: LocalPod, user: string, password: string): Promise<unknown> {
  const client = new Client({ host: '127.0.0.1', port: pod.port, user, password, database: 'postgres', connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<{ readonly answer: number }>('SELECT answer FROM kept')).rows[0]?.answer;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const REFUSED = 'password authentication failed for user "old"';

test.each([
  ['16.9-bookworm', 'md5', 42],
  ['17.4', 'scram', REFUSED],
  ['18.3', 'md5', 42],
])("a volume of KubeDB's PostgreSQL %s, passwords by %s", async (version, clientAuthMode, answer) => {
  const documents = documentsOf(version, clientAuthMode);
  const major = Number(version.split('.')[0]);
  const pod = await LocalPod.create({ documents, major, secrets: [{ name: 'pg-auth', data: { password: 'secret' } }] });
  try {
    await fillAsKubeDb(pod);
    // As it is, the volume is refused, and stays as it is.
    const refused = await pod.runInit('init');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('move it there (docs/operations.md); no second database is created');
    const command = markedBlock(DOCS, major >= 18 ? 'command: claim of 18' : 'command: claim up to 17').replaceAll('/volume', '$DATA_VOLUME');
    expect(await pod.exec('init', ['sh', '-ec', command.replace(/^chown .*$/m, '')])).toMatchObject({ code: 0 });
    expect(await pod.runInit('init')).toMatchObject({ code: 0 });
    await pod.startServer();
    expect([await ask(pod, 'new', 'new-secret'), await ask(pod, 'old', 'old-secret')]).toEqual([42, answer]);
    expect(await ask(pod, 'new', 'wrong')).toBe('password authentication failed for user "new"');
  } finally {
    await pod.dispose();
  }
});

(process.getuid?.() === 0 ? test : test.skip)('files of UID 70, of an Alpine image, are refused until their owner is changed', async () => {
  const documents = documentsOf('17.4', 'scram');
  const pod = await LocalPod.create({ documents, major: 17, secrets: [{ name: 'pg-auth', data: { password: 'secret' } }] });
  try {
    await fillAsKubeDb(pod);
    expect(await pod.exec('init', ['sh', '-ec', markedBlock(DOCS, 'command: claim up to 17').replaceAll('/volume', '$DATA_VOLUME').replace(/^chown .*$/m, '')])).toMatchObject({ code: 0 });
    const data = pod.hostPath('init', '/var/lib/postgresql/data/pgdata');
    chownSync(data, 70, 70);
    const { code, stderr } = await pod.runInit('init');
    expect(code).toBe(1);
    expect(stderr).toMatch(/belongs to another user|cannot read/);
  } finally {
    await pod.dispose();
  }
});
