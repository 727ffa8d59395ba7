import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size, Testing } from 'cdk8s';
import { Certificate, CertificateAuthority, ClientAuthMode, KeyUsage, Postgres, PostgresStorage, PostgresVersion, SslMode } from '../../src';
import { mount, secretVolume, service, workload, type Fields } from '../fixtures';
import { LocalDatabase, type Manifest } from '../local';
import { findingsIn } from '../support/findings';
import { chartIn } from '../support/tree';
import { demandSystem } from './support';

demandSystem();

// What the rules of the access walk state that a client prints, beside what psql prints at a real server.

const CLIENT_USAGES = [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CLIENT_AUTH];

function documentsOf(sslMode: SslMode): Manifest[] {
  const chart = chartIn();
  const other = new CertificateAuthority(chart, 'other').issuer;
  const isOff = sslMode === SslMode.DISABLE;
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, sslMode, clientAuthMode: isOff ? ClientAuthMode.SCRAM : ClientAuthMode.CERT, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
    tls: isOff ? undefined : { issuer: new CertificateAuthority(chart, 'ca').issuer },
  });
  new Certificate(chart, 'stranger', { issuer: other, commonName: 'app', usages: CLIENT_USAGES });
  if (db.clientIssuer) { new Certificate(chart, 'app', { issuer: db.clientIssuer, commonName: 'app', usages: CLIENT_USAGES }); }
  return Testing.synth(chart);
}

interface Case {
  readonly code: string;
  /** Of the connection string; paths are those of the volumes `server`, `app` and `stranger`. */
  readonly settings: Record<string, string>;
  readonly keyMode?: number;
}

const APP = { sslcert: '/app/tls.crt', sslkey: '/app/tls.key' };
const STRANGER = { sslcert: '/stranger/tls.crt', sslkey: '/stranger/tls.key' };
const VERIFIED = { sslmode: 'verify-full', sslrootcert: '/server/ca.crt' };

const CASES: readonly Case[] = [
  { code: 'PGTLS-T20', settings: { ...APP, sslmode: 'verify_full' } },
  { code: 'PGTLS-T21', settings: { ...APP, ...VERIFIED, host: 'closed.demo.svc' } },
  { code: 'PGTLS-F01', settings: { ...APP, ...VERIFIED }, keyMode: 0o644 },
  { code: 'PGTLS-T23', settings: { ...VERIFIED, sslcert: '/app/tls.crt', sslkey: '/app/tls.crt' } },
  { code: 'PGTLS-W11', settings: { ...VERIFIED, sslcert: '/app/tls.crt', sslkey: '/app/key.pem' } },
  { code: 'PGTLS-T24', settings: { ...APP, sslmode: 'verify-ca', sslrootcert: '/stranger/ca.crt' } },
  { code: 'PGTLS-T24', settings: { ...APP, sslmode: 'require', sslrootcert: '/stranger/ca.crt' } },
  { code: 'PGTLS-B10', settings: { ...APP, ...VERIFIED, host: 'alias.demo.svc' } },
  { code: 'PGTLS-T25', settings: { ...STRANGER, ...VERIFIED } },
  { code: 'PGTLS-T17', settings: { ...APP, sslmode: 'disable' } },
  { code: 'PGTLS-T26', settings: { sslmode: 'require' } },
  { code: 'PGTLS-B11', settings: { ...APP, ...VERIFIED, user: 'other' } },
];

function conninfo(settings: Record<string, string>): string {
  return Object.entries({ host: 'db.demo.svc', user: 'app', dbname: 'postgres', ...settings }).map(([name, value]) => `${name}=${value}`).join(' ');
}

/** A client with psql in the image of the server. */
function clientOf({ settings, keyMode = 0o440 }: Case): Fields {
  const used = (name: string) => Object.values(settings).some((value) => value.startsWith(`/${name}/`));
  const [server, ...keys] = ['server', 'app', 'stranger'].filter(used);
  const names = [...(server === undefined ? [] : [server]), ...keys];
  return workload('Deployment', 'client', { image: 'postgres:18.4', command: ['psql', conninfo(settings)], volumeMounts: names.map((name) => mount(name, `/${name}`)) }, {
    volumes: names.map((name) => (name === 'server' ? secretVolume(name, 'db-server-cert', { items: [{ key: 'ca.crt', path: 'ca.crt' }] }) : secretVolume(name, name, { defaultMode: keyMode }))),
  });
}

/** The one error among the findings of the client. */
function stated(documents: readonly Manifest[], found: Case): { readonly code: string; readonly error: string } {
  const others = [service('alias', { selector: { 'cdk8s-postgres-tls/database': 'db' } }), service('closed', { selector: { 'cdk8s-postgres-tls/database': 'db' }, ports: [{ port: 5432, targetPort: 'nothing' }] })];
  const ofClient = findingsIn([...documents, ...others, clientOf(found)]).filter(({ target }) => target?.name === 'client' && target.kind === 'Deployment');
  expect(ofClient).toHaveLength(1);
  const [{ rule: { code }, problem }] = ofClient as [typeof ofClient[0]];
  return { code, error: problem.split('; error: ')[1]! };
}

/** What psql prints at the server on this machine, in the words of the manifests. */
async function printed({ pod }: LocalDatabase, folder: string, { code, settings, keyMode }: Case): Promise<string> {
  const files = join(folder, keyMode === undefined ? 'closed' : 'open');
  const here = (value: string) => (value.startsWith('/') ? `${files}${value}` : value);
  const port = code === 'PGTLS-T21' ? 1 : pod.port;
  const own = conninfo({ ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, here(value)])), hostaddr: '127.0.0.1', port: String(port), gssencmode: 'disable' });
  const stderr = await new Promise<string>((resolve) => { execFile('psql', ['-X', '-w', own, '-c', 'SELECT 1'], (_, __, text) => { resolve(text); }); });
  return stderr.replaceAll(files, '').replaceAll(`port ${port}`, 'port 5432').replace(/\s+/g, ' ');
}

/** A pattern of a stated error, in which unknown parts are three dots. libpq prints hostaddr instead of the host. */
function pattern(error: string): RegExp {
  return new RegExp(error.replace(/server at "[^"]*"/, 'server at "127.0.0.1"').split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'));
}

describe('PostgreSQL 18', () => {
  const documents = documentsOf(SslMode.VERIFY_FULL);
  let database: LocalDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await LocalDatabase.start({ documents, prepare: 'CREATE ROLE app LOGIN' });
    folder = mkdtempSync(join(tmpdir(), 'walk-'));
    for (const [kind, mode] of [['closed', 0o600], ['open', 0o644]] as const) {
      for (const [name, secret] of Object.entries({ server: 'db-server-cert', app: 'app', stranger: 'stranger' })) {
        mkdirSync(join(folder, kind, name), { recursive: true });
        for (const [key, text] of Object.entries(database.certManager.secret(secret).data)) { writeFileSync(join(folder, kind, name, key), text, { mode }); }
      }
    }
  });

  afterAll(async () => {
    await database?.stop();
    if (folder) { rmSync(folder, { recursive: true, force: true }); }
  });

  test('a client that nothing refuses has no finding, and connects', async () => {
    const good: Case = { code: '', settings: { ...APP, ...VERIFIED } };
    expect(findingsIn([...documents, clientOf(good)]).filter(({ target }) => target?.name === 'client')).toEqual([]);
    expect(await printed(database, folder, good)).toBe('');
  });

  test.each(CASES)('$code: psql prints the error of the finding ($settings)', async (found) => {
    const { code, error } = stated(documents, found);
    expect(code).toBe(found.code);
    expect(await printed(database, folder, found)).toMatch(pattern(error));
  });

  test('a database that does not exist, and a file with CAs that does not', async () => {
    expect(await printed(database, folder, { code: '', settings: { ...APP, ...VERIFIED, dbname: 'billing' } })).toContain('FATAL: database "billing" does not exist');
    expect(await printed(database, folder, { code: '', settings: { sslmode: 'verify-full', sslrootcert: '/server/none' } })).toContain('root certificate file "/server/none" does not exist');
  });
});

test('PGTLS-T22: a client that requires TLS at a server without it', async () => {
  const documents = documentsOf(SslMode.DISABLE);
  const found: Case = { code: 'PGTLS-T22', settings: { sslmode: 'require' } };
  const { code, error } = stated(documents, found);
  expect(code).toBe('PGTLS-T22');
  const database = await LocalDatabase.start({ documents });
  try {
    expect(await printed(database, tmpdir(), found)).toMatch(pattern(error));
  } finally {
    await database.stop();
  }
});
