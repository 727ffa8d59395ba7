import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Size, Testing } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../src';
import { LocalDatabase, Manifest, parseManifests, postgresBinaries } from '../local';
import { filesOf } from '../support/document-program';
import { markedBlock, REPOSITORY } from '../support/repository';
import { chartIn } from '../support/tree';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();
jest.setTimeout(120_000);

// pg_basebackup refuses a server that is newer than itself.
const MAJOR = Number(/ (\d+)/.exec(execFileSync('pg_basebackup', ['--version'], { encoding: 'utf8' }))![1]);
const DOCS = readFileSync(join(REPOSITORY, 'docs/operations.md'), 'utf8');

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'backup-'));
  folders.push(made);
  return made;
};
afterAll(() => { for (const made of folders) { rmSync(made, { recursive: true }); } });

/** Takes a backup with the command of the docs, from this machine in the place of a client pod. */
async function backUp(database: LocalDatabase, name: string, user: string, host: string): Promise<string> {
  const [tls, target] = [folder(), join(folder(), 'data')];
  const { certManager, pod } = database;
  const files = { ...certManager.secret(name).data, 'ca.crt': certManager.secrets.find((secret) => secret.name.endsWith('-server-cert'))!.data['ca.crt'] };
  for (const [file, text] of Object.entries(files)) { writeFileSync(join(tls, file), text!, { mode: 0o600 }); }
  const command = markedBlock(DOCS, 'command: backup').replaceAll('/tls/', `${tls}/`).replace('--pgdata=/backup', `--pgdata=${target}`)
    .replace('host=shop-db.shop.svc user=backup', `host=${host} user=${user} hostaddr=127.0.0.1 port=${pod.port}`);
  await promisify(execFile)('sh', ['-c', command], { timeout: 60_000 });
  return target;
}

/** What a server answers that starts from a backup alone. */
function asked(data: string, sql: string): string {
  execFileSync('chown', ['-R', `${POSTGRES.uid}:${POSTGRES.gid}`, join(data, '..')]);
  const [become, ...server] = [...asInTheImage(), join(postgresBinaries(MAJOR).binDir, 'postgres'), '--single', '-D', data, 'postgres'];
  return execFileSync(become!, server, { cwd: '/', input: `${sql}\n`, encoding: 'utf8', stdio: 'pipe' });
}

async function withRow(documents: readonly Manifest[], use: (database: LocalDatabase) => Promise<void>): Promise<void> {
  const database = await LocalDatabase.start({ documents, runAs: POSTGRES, wrapper: asInTheImage() });
  try {
    await database.pod.exec('reloader', ['psql', '-X', '-q', '-c', 'CREATE TABLE kept AS SELECT 42 AS answer', '-c', 'CREATE ROLE backup LOGIN REPLICATION']);
    await use(database);
  } finally {
    await database.stop();
  }
}

test('pg_basebackup with a role of its own, as in docs/operations.md: the backup starts and has the rows', async () => {
  const program = markedBlock(DOCS, 'program: backup').replace(/PostgresVersion\.V\d+/, `PostgresVersion.V${MAJOR}`);
  await withRow(Object.values(filesOf(program)).flatMap(parseManifests), async (database) => {
    expect(asked(await backUp(database, 'shop-backup', 'backup', 'shop-db.shop.svc'), 'SELECT answer FROM kept')).toContain('answer = "42"');
    // The row is for replication and this role alone.
    await expect(backUp(database, 'shop-backup', 'postgres', 'shop-db.shop.svc')).rejects.toThrow(/no pg_hba.conf entry|rejects replication connection/);
  });
});

test('pg_basebackup as postgres, whom superuserAccess has to give replication', async () => {
  const documents = (replication: boolean) => {
    const chart = chartIn();
    new Postgres(chart, 'db', {
      version: Object.values(PostgresVersion).find((version: PostgresVersion) => version.major === MAJOR), storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
      tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate({ replication }),
    });
    return Testing.synth(chart);
  };
  await withRow(documents(false), (database) => expect(backUp(database, 'db-client-cert', 'postgres', 'db.demo.svc')).rejects.toThrow(/no pg_hba.conf entry|rejects replication connection/));
  await withRow(documents(true), async (database) => {
    expect(asked(await backUp(database, 'db-client-cert', 'postgres', 'db.demo.svc'), 'SELECT answer FROM kept')).toContain('answer = "42"');
  });
});
