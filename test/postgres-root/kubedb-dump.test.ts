import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { Client } from 'pg';
import { Postgres } from '../../src';
import { LocalDatabase, LocalPod, Manifest } from '../local';
import { markedBlock, REPOSITORY } from '../support/repository';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();
jest.setTimeout(120_000);

const DOCS = readFileSync(join(REPOSITORY, 'docs/kubedb.md'), 'utf8');
// pg_dumpall refuses a server that is newer than itself.
const MAJOR = Number(/ (\d+)/.exec(execFileSync('pg_dumpall', ['--version'], { encoding: 'utf8' }))![1]);

const secrets = [{ name: 'pg-auth', data: { password: 'secret' } }];
const inTheImage = { runAs: POSTGRES, wrapper: asInTheImage() };

function documentsOf(major: number): Manifest[] {
  const chart = new Chart(new App(), 'demo', { namespace: 'demo' });
  Postgres.fromKubeDb(chart, 'pg', `
apiVersion: kubedb.com/v1
kind: Postgres
metadata: { name: pg, namespace: demo }
spec: { version: "${major}.1-bookworm", clientAuthMode: md5, storage: { resources: { requests: { storage: 1Gi } } } }
`);
  return Testing.synth(chart) as Manifest[];
}

const ROWS = [
  "SET password_encryption = 'md5'", "CREATE ROLE old LOGIN PASSWORD 'old-secret'", "SET password_encryption = 'scram-sha-256'", "CREATE ROLE new LOGIN PASSWORD 'new-secret'",
  'CREATE TABLE kept AS SELECT 42 AS answer', 'GRANT SELECT ON kept TO old, new',
].join(';\n');

/** A dump of a server in KubeDB's layout of the volume, by the command of the document. */
async function dumpOf(major: number): Promise<string> {
  const pod = await LocalPod.create({ documents: documentsOf(major), major, secrets, ...inTheImage });
  try {
    const script = [
      'initdb --pgdata="$DATA_VOLUME/data" --username=postgres --encoding=UTF8 --locale=C --auth=trust >/dev/null', 'export PGHOST="$DATA_VOLUME"',
      'pg_ctl -w -s -D "$DATA_VOLUME/data" -l "$DATA_VOLUME/log" -o "-k $DATA_VOLUME -c listen_addresses=" start', 'cd "$DATA_VOLUME"',
      'psql -X -q -v ON_ERROR_STOP=1 -U postgres -c "CREATE DATABASE app"', 'printf "%s\\n" "$1" | psql -X -q -v ON_ERROR_STOP=1 -U postgres -d app', markedBlock(DOCS, 'command: dump'),
      'pg_ctl -s -D "$DATA_VOLUME/data" stop', 'cat all.sql',
    ].join('\n');
    const { code, stdout, stderr } = await pod.exec('init', ['sh', '-ec', script, 'sh', ROWS]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  } finally {
    await pod.dispose();
  }
}

async function ask(database: LocalDatabase, user: string, password: string): Promise<unknown> {
  const client = new Client({ host: '127.0.0.1', port: database.pod.port, user, password, database: 'app', connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return (await client.query<{ readonly answer: number }>('SELECT answer FROM kept')).rows[0]?.answer;
  } finally {
    await client.end();
  }
}

test.each([[MAJOR, MAJOR], [14, MAJOR]])('a dump of PostgreSQL %i is restored into a converted database of %i: rows, roles and passwords of both kinds', async (from, to) => {
  const dump = await dumpOf(from);
  const database = await LocalDatabase.start({ documents: documentsOf(to), secrets, ...inTheImage });
  try {
    const restore = `cat >/tmp/all.sql <<'END'\n${dump}\nEND\ncd /tmp\n${markedBlock(DOCS, 'command: restore')}`;
    const { code, stderr } = await database.pod.exec('reloader', ['sh', '-ec', restore]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect([await ask(database, 'new', 'new-secret'), await ask(database, 'old', 'old-secret')]).toEqual([42, 42]);
  } finally {
    await database.stop();
  }
});
