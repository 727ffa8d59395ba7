import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { Size, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { CertificateAuthority, CertificateRevocationList, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../src';
import { createCa, loadManifests, LocalCertManager, LocalDatabase, LocalPod, LocalProcess, LocalSecret, Login, revocationList, servedCertificate } from '../local';
import { until } from '../support/eventually';
import { REPOSITORY } from '../support/repository';
import { chartIn } from '../support/tree';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();

const quickstart = loadManifests(join(REPOSITORY, 'dist/quickstart.k8s.yaml'));
const inTheImage = { runAs: POSTGRES, wrapper: asInTheImage() };
const HOUR = 3_600_000;

// The fault table of docs/operations.md, each row shown.
describe('a broken certificate in a running database', () => {
  let database: LocalDatabase;
  let reloader: LocalProcess;
  let right: Login;
  let good: LocalSecret;

  beforeAll(async () => {
    database = await LocalDatabase.start({ documents: quickstart, ...inTheImage });
    const certificate = database.certManager.secret('orders-db-client-cert');
    good = database.certManager.secret('orders-db-server-cert');
    right = { host: 'orders-db.orders.svc', certificate, trust: database.certManager.secret('orders-db-server-cert').data['ca.crt'] };
    reloader = database.pod.start('reloader');
    await reloader.waitFor(/reloaded/);
  });
  afterAll(() => database?.stop());
  afterEach(async () => {
    const seen = reloader.logs.length;
    database.pod.updateSecret(good);
    await reloader.waitFor(/reloaded/, 15_000, seen);
    await expect(database.ask('SELECT 1', right)).resolves.toHaveLength(1);
  });

  const without = (key: string): LocalSecret => ({ ...good, data: Object.fromEntries(Object.entries(good.data).filter(([name]) => name !== key)) });

  test.each<[string, () => LocalSecret | Promise<LocalSecret>, RegExp]>([
    ['a key of another pair', async () => ({ ...good, data: { ...good.data, 'tls.key': (await database.certManager.issue('orders-db-server-cert')).data['tls.key']! } }), /key values mismatch/],
    ['no key', () => without('tls.key'), /could not access private key file .*No such file/],
    ['no certificate', () => without('tls.crt'), /could not load server certificate file .*No such file/],
    ['an invalid certificate', () => ({ ...good, data: { ...good.data, 'tls.crt': 'garbage' } }), /could not load server certificate file .*no start line/],
    ['an invalid key', () => ({ ...good, data: { ...good.data, 'tls.key': 'garbage' } }), /could not load private key file .*no start line|could not load private key file/],
  ])('%s: the server keeps the old one and logs the cause, the reloader logs that it retries', async (_, broken, reason) => {
    const before = (await servedCertificate({ port: database.pod.port })).serialNumber;
    const [seen, log] = [reloader.logs.length, database.server.logs.length];
    database.pod.updateSecret(await broken());
    await database.server.waitFor(reason, 15_000, log);
    await reloader.waitFor(/the private key does not match \S+tls\.crt; keeping the previous key pair, retrying/, 15_000, seen);
    expect((await servedCertificate({ port: database.pod.port })).serialNumber).toBe(before);
    await expect(database.ask('SELECT 1', right)).resolves.toHaveLength(1);
  });

  test('a key that others may read: the old one goes on serving', async () => {
    const renewed = await database.certManager.renew('orders-db-server-cert');
    const [seen, log] = [reloader.logs.length, database.server.logs.length];
    database.pod.updateSecret(renewed);
    chmodSync(database.pod.hostPath('postgres', '/tls/certs/server/tls.key'), 0o644);
    await database.server.waitFor(/has group or world access/, 15_000, log);
    await reloader.waitFor(/does not serve the certificate in \S+tls\.crt, retrying/, 15_000, seen);
    await expect(database.ask('SELECT 1', right)).resolves.toHaveLength(1);
  });

  test('an expired one is served, as PostgreSQL does not look: clients refuse it', async () => {
    const seen = reloader.logs.length;
    database.pod.updateSecret(await database.certManager.issue('orders-db-server-cert', { notBefore: new Date(Date.now() - 2 * HOUR), notAfter: new Date(Date.now() - HOUR) }));
    await reloader.waitFor(/reloaded, serving serial=\w+ notAfter=/, 15_000, seen);
    await expect(database.ask('SELECT 1', right)).rejects.toThrow(/certificate has expired/);
  });
});

test('an invalid CRL: the old certificates and CRL stay, and the reloader logs it', async () => {
  const chart = chartIn();
  new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), superuserAccess: SuperuserAccess.certificate(),
    tls: { issuer: new CertificateAuthority(chart, 'ca').issuer, certificateRevocationList: CertificateRevocationList.fromSecret(Secret.fromSecretName(chart, 'crl', 'revoked')) },
  });
  const documents = Testing.synth(chart);
  const certManager = new LocalCertManager(documents);
  const secrets = await certManager.issueAll();
  const listOf = (text: string): LocalSecret => ({ name: 'revoked', data: { 'ca.crl': text } });
  const good = listOf(await revocationList(certManager.secret('db-client-ca-key-pair'), []));
  const pod = await LocalPod.create({ documents, secrets: [...secrets, good], major: 18, ...inTheImage });
  try {
    await pod.runInit('init');
    await pod.startServer();
    const reloader = pod.start('reloader');
    await reloader.waitFor(/reloaded/);
    const seen = reloader.logs.length;
    pod.updateSecret(listOf('garbage'));
    await reloader.waitFor(/CRL file \S+ca\.crl is not a valid CRL; keeping the previous certificates and CRL, retrying/, 15_000, seen);
    pod.updateSecret(good);
    await reloader.waitFor(/reloaded, serving/, 15_000, seen);
  } finally {
    await pod.dispose();
  }
});

test('an invalid certificate at the start: the server does not start and logs the cause', async () => {
  const certManager = new LocalCertManager(quickstart);
  await certManager.issueAll();
  const good = certManager.secret('orders-db-server-cert');
  const secrets = certManager.secrets.map((secret) => (secret === good ? { ...good, data: { ...good.data, 'tls.key': 'garbage' } } : secret));
  const pod = await LocalPod.create({ documents: quickstart, secrets, major: 18, ...inTheImage });
  try {
    expect((await pod.runInit('init')).code).toBe(0);
    const server = pod.start('postgres');
    expect(await server.exited).toMatchObject({ code: 1 });
    expect(server.logs).toMatch(/FATAL: .*could not load private key file/);
  } finally {
    await pod.dispose();
  }
});

test('a password Secret that is not there holds the pod back; one without the key too', async () => {
  const documents = loadManifests(join(REPOSITORY, 'dist/plain.k8s.yaml'));
  await expect(LocalPod.create({ documents, secrets: [], major: 18, ...inTheImage })).rejects.toThrow(/scratch-db-auth/);
  await expect(LocalPod.create({ documents, secrets: [{ name: 'scratch-db-auth', data: { username: 'postgres' } }], major: 18, ...inTheImage })).rejects.toThrow(/password/);
});

describe('a killed server', () => {
  test('loses no acknowledged commit, whenever it is killed', async () => {
    const database = await LocalDatabase.start({ documents: quickstart, ...inTheImage });
    try {
      const certificate = database.certManager.secret('orders-db-client-cert');
      const right: Login = { host: 'orders-db.orders.svc', certificate, trust: database.certManager.secret('orders-db-server-cert').data['ca.crt'] };
      await database.ask('CREATE TABLE written (round int, value int)', right);
      const acknowledged: string[] = [];
      for (let round = 0; round < 8; round += 1) {
        const writers = Array.from({ length: 4 }, async (_, writer) => {
          // A kill may come while it connects.
          const client = await database.connect(right).catch(() => undefined);
          if (client === undefined) { return; }
          try {
            for (let value = writer; ; value += 4) {
              await client.query('INSERT INTO written VALUES ($1, $2)', [round, value]);
              acknowledged.push(`${round}/${value}`);
            }
          } catch { /* the kill */ } finally {
            await client.end().catch(() => undefined);
          }
        });
        const before = acknowledged.length;
        await until(() => acknowledged.length > before + 20 + 13 * round, 'commits are acknowledged');
        await database.restart('SIGKILL');
        await Promise.all(writers);
      }
      const found = new Set((await database.ask<{ round: number; value: number }>('SELECT * FROM written', right)).map(({ round, value }) => `${round}/${value}`));
      process.stdout.write(`measured: ${acknowledged.length} acknowledged commits over 8 kills\n`);
      expect(acknowledged.length).toBeGreaterThan(100);
      expect(acknowledged.filter((row) => !found.has(row))).toEqual([]);
    } finally {
      await database.stop();
    }
  }, 120_000);
});

describe('a full volume', () => {
  const WRITE = (id: number) => `INSERT INTO filled SELECT ${id}, repeat(md5(random()::text), 8) FROM generate_series(1, 4000)`;
  const ROOMY = '1g';

  const documents = (wal: boolean) => {
    const chart = chartIn();
    const size = Size.gibibytes(1);
    new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size, ...(wal ? { wal: { size } } : {}) }), superuserAccess: SuperuserAccess.local() });
    return Testing.synth(chart);
  };

  interface Filled {
    readonly pod: LocalPod;
    readonly server: LocalProcess;
    readonly acknowledged: number;
    readonly refusal: string;
    readonly admin: (sql: string) => Promise<{ code: number | null; stdout: string; stderr: string }>;
    /** Gives the volumes space. */
    readonly grow: () => void;
  }

  /** Has a server write until something refuses, on volumes of these sizes. */
  async function filled(sizes: Readonly<Record<string, string>>, use: (found: Filled) => Promise<void>): Promise<void> {
    const pod = await LocalPod.create({ documents: documents('/var/lib/postgresql-wal' in sizes), major: 18, ...inTheImage });
    const volumes = Object.entries(sizes).map(([path, size]) => [pod.hostPath('postgres', path), size] as const);
    for (const [volume, size] of volumes) { execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},uid=${POSTGRES.uid},gid=${POSTGRES.gid},mode=2770`, 'volume', volume]); }
    try {
      expect((await pod.runInit('init')).code).toBe(0);
      const server = await pod.startServer();
      const admin: Filled['admin'] = (sql) => pod.exec('reloader', ['psql', '-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', '-c', sql]);
      await admin('CREATE TABLE filled (id int, filler text)');
      let acknowledged = 0;
      let refusal = '';
      for (; acknowledged < 500 && refusal === ''; ) {
        const { code, stderr } = await admin(WRITE(acknowledged));
        if (code === 0) { acknowledged += 1; } else { refusal = stderr; }
      }
      await use({ pod, server, acknowledged, refusal, admin, grow: () => { for (const [volume] of volumes) { execFileSync('mount', ['-o', `remount,size=${ROOMY}`, volume]); } } });
    } finally {
      await pod.dispose().catch(() => undefined);
      for (const [volume] of volumes) { execFileSync('umount', ['--lazy', volume]); }
    }
  }

  const everyRow = async ({ admin, acknowledged }: Filled) =>
    expect((await admin('SELECT count(DISTINCT id), count(*) FROM filled')).stdout.trim()).toBe(`${acknowledged}|${acknowledged * 4000}`);

  test('of data: statements that need space fail, all else goes on; with more space writes do, without a restart', () => filled(
    { '/var/lib/postgresql': '100m', '/var/lib/postgresql-wal': ROOMY },
    async (found) => {
      expect(found.refusal).toMatch(/ERROR: +could not extend file .*No space left on device/);
      expect((await found.admin('SELECT count(*) FROM filled')).stdout.trim()).toBe(`${found.acknowledged * 4000}`);
      // A sort that does not fit into work_mem needs space too.
      expect((await found.admin('SELECT count(DISTINCT filler) FROM filled')).stderr).toMatch(/No space left on device/);
      expect(await found.pod.probe('postgres', 'readiness')).toBe(true);
      expect((await found.admin(WRITE(found.acknowledged))).stderr).toMatch(/No space left on device/);
      found.grow();
      expect((await found.admin(WRITE(found.acknowledged))).code).toBe(0);
      await everyRow({ ...found, acknowledged: found.acknowledged + 1 });
      expect(found.server.running).toBe(true);
    },
  ), 180_000);

  test('of the log: the server stops, and has every acknowledged row once there is space', () => filled(
    { '/var/lib/postgresql': ROOMY, '/var/lib/postgresql-wal': '80m' },
    async (found) => {
      expect(found.refusal).toMatch(/server closed the connection unexpectedly|connection to server .* failed/);
      expect(await found.server.exited).toMatchObject({ code: 1 });
      expect(found.server.logs).toMatch(/PANIC: +could not write to file "pg_wal\/.*No space left on device/);
      expect((await found.pod.runInit('init')).code).toBe(0);
      expect(await found.pod.start('postgres').exited).toMatchObject({ code: 1 });
      found.grow();
      expect((await found.pod.runInit('init')).code).toBe(0);
      await found.pod.startServer(60_000);
      await everyRow(found);
    },
  ), 180_000);

  test('of both: killed in the middle, it has every acknowledged row once there is space', () => filled({ '/var/lib/postgresql': '160m' }, async (found) => {
    expect(found.server.logs).toMatch(/No space left on device/);
    await found.server.stop('SIGKILL');
    found.grow();
    expect((await found.pod.runInit('init')).code).toBe(0);
    await found.pod.startServer(60_000);
    await everyRow(found);
  }), 180_000);
});

test('a CA is not mistaken for another', async () => {
  const stranger = await createCa();
  const database = await LocalDatabase.start({ documents: quickstart, ...inTheImage });
  try {
    const certificate = await database.certManager.issue('orders-db-client-cert', { ca: stranger });
    await expect(database.ask('SELECT 1', { host: 'orders-db', certificate, trust: database.certManager.secret('orders-db-server-cert').data['ca.crt'] })).rejects.toThrow(/unknown ca/);
  } finally {
    await database.stop();
  }
});
