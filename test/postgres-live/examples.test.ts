import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCa, EnvVarManifest, loadManifests, LocalDatabase, LocalSecret, Login, parseManifests, servedCertificate } from '../local';
import { eventually } from '../support/eventually';
import { filesOf } from '../support/document-program';
import { markedBlock, REPOSITORY } from '../support/repository';

const example = (name: string) => loadManifests(join(REPOSITORY, 'dist', `${name}.k8s.yaml`));

interface Session { ssl: boolean; version: string | null; client_dn: string | null; role: string }
const WHO_AM_I = 'SELECT ssl, version, client_dn, current_user AS role FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

// What dist/ promises, shown on a real server that was started from its files with nothing changed but paths and ports.
describe.each([
  { name: 'quickstart', db: 'orders-db', namespace: 'orders', userMade: async (): Promise<LocalSecret[]> => [] },
  { name: 'kubedb-guide', db: 'pg', namespace: 'demo', userMade: async () => [await createCa('postgres-ca')] },
])('$name: verify-full, clients known by certificate', ({ name, db, namespace, userMade }) => {
  let database: LocalDatabase;
  let right: Login;

  beforeAll(async () => {
    database = await LocalDatabase.start({ documents: example(name), secrets: await userMade() });
    const certificate = database.certManager.secret(`${db}-client-cert`);
    right = { host: `${db}.${namespace}.svc`, certificate, trust: database.certManager.secret(`${db}-server-cert`).data['ca.crt'] };
  });
  afterAll(() => database?.stop());

  test('the client with its certificate can log in, over TLS 1.3', async () => {
    expect(await database.ask<Session>(WHO_AM_I, right)).toEqual([{ ssl: true, version: 'TLSv1.3', client_dn: '/CN=postgres', role: 'postgres' }]);
  });

  test.each([db, `${db}.${namespace}`, `${db}.${namespace}.svc.cluster.local`, `${db}-pods.${namespace}.svc`, `${db}-0.${db}-pods.${namespace}.svc.cluster.local`, 'localhost'])(
    'the server proves to be %s', async (host) => {
      await expect(database.ask('SELECT 1', { ...right, host })).resolves.toHaveLength(1);
    });

  test('a wrong host name is refused by the client', async () => {
    await expect(database.ask('SELECT 1', { ...right, host: `${db}.elsewhere.svc` })).rejects.toThrow(/Hostname\/IP does not match certificate's altnames/);
  });

  test('a server of another CA is refused by the client', async () => {
    const stranger = await createCa();
    await expect(database.ask('SELECT 1', { ...right, trust: stranger.data['tls.crt'] })).rejects.toThrow(/unable to verify|self-signed/);
  });

  test('plaintext is refused', async () => {
    await expect(database.ask('SELECT 1', { tls: false })).rejects.toThrow('pg_hba.conf rejects connection for host "127.0.0.1", user "postgres", database "postgres", no encryption');
  });

  test('no certificate is refused', async () => {
    await expect(database.ask('SELECT 1', { ...right, certificate: undefined })).rejects.toThrow('connection requires a valid client certificate');
  });

  test('a certificate of another name is refused', async () => {
    const certificate = await database.certManager.issue(`${db}-client-cert`, { commonName: 'mallory' });
    await expect(database.ask('SELECT 1', { ...right, certificate })).rejects.toThrow('certificate authentication failed for user "postgres"');
    await database.server.waitFor(/provided user name \(postgres\) and authenticated user name \(mallory\) do not match/);
  });

  test('a certificate of another CA is refused', async () => {
    const certificate = await database.certManager.issue(`${db}-client-cert`, { ca: await createCa() });
    await expect(database.ask('SELECT 1', { ...right, certificate })).rejects.toThrow(/unknown ca/);
  });

  test('an expired certificate is refused', async () => {
    const hour = 3_600_000;
    const certificate = await database.certManager.issue(`${db}-client-cert`, { notBefore: new Date(Date.now() - 2 * hour), notAfter: new Date(Date.now() - hour) });
    await expect(database.ask('SELECT 1', { ...right, certificate })).rejects.toThrow(/certificate expired/);
  });

  test('the server\'s own certificate is no client certificate', async () => {
    const certificate = database.certManager.secret(`${db}-server-cert`);
    // Of the client CA it would be of the wrong kind; of another CA it is unknown.
    await expect(database.ask('SELECT 1', { ...right, certificate })).rejects.toThrow(name === 'quickstart' ? /unknown ca/ : /unsupported certificate/);
  });

  test('its probes succeed', async () => {
    expect(await database.pod.probe('postgres', 'liveness')).toBe(true);
  });

  test('a renewed Secret is served after a reload, while an open session lives on', async () => {
    const open = await database.connect(right);
    const { rows: [before] } = await open.query('SELECT pg_backend_pid() AS pid');
    const old = await servedCertificate({ port: database.pod.port });

    database.pod.updateSecret(await database.certManager.renew(`${db}-server-cert`));
    expect((await servedCertificate({ port: database.pod.port })).serialNumber).toBe(old.serialNumber);
    const seen = database.server.logs.length;
    database.server.signal('SIGHUP');
    await database.server.waitFor(/reloading configuration files/, 10_000, seen);

    // The postmaster reads its files after the signal was sent; nothing logs when it has.
    const renewed = await eventually(async () => {
      const served = await servedCertificate({ port: database.pod.port, ca: right.trust, servername: right.host });
      expect(served.serialNumber).not.toBe(old.serialNumber);
      return served;
    });
    expect(renewed).toMatchObject({ protocol: 'TLSv1.3', authorized: true });
    expect((await open.query('SELECT pg_backend_pid() AS pid')).rows).toEqual([before]);
    await open.end();
  });

  test('a pair that does not fit leaves the old certificate serving', async () => {
    const old = await servedCertificate({ port: database.pod.port });
    const good = database.certManager.secret(`${db}-server-cert`);
    const other = await database.certManager.issue(`${db}-server-cert`);
    database.pod.updateSecret({ ...good, data: { ...good.data, 'tls.crt': other.data['tls.crt']! } });
    const seen = database.server.logs.length;
    database.server.signal('SIGHUP');
    await database.server.waitFor(/key values mismatch/, 10_000, seen);
    expect((await servedCertificate({ port: database.pod.port })).serialNumber).toBe(old.serialNumber);
    await expect(database.ask('SELECT 1', right)).resolves.toHaveLength(1);
    database.pod.updateSecret(good);
  });

  test('comes back with its data after a fast shutdown', async () => {
    await database.ask('CREATE TABLE kept AS SELECT 1 AS answer', right);
    const open = await database.connect(right);
    const stopped = database.server;
    await database.restart();
    // An open session does not hold it up until the grace period ends it.
    expect(await stopped.exited).toEqual({ code: 0, signal: null });
    expect(stopped.logs).toContain('received fast shutdown request');
    expect(database.server.logs).toContain('database system was shut down at');
    await open.end().catch(() => undefined);
    expect(await database.ask('SELECT answer FROM kept', right)).toEqual([{ answer: 1 }]);
  });
});

describe('cluster-issuer: require, SCRAM', () => {
  const password = 'correct horse battery staple';
  let database: LocalDatabase;
  let right: Login;

  beforeAll(async () => {
    const ca = await createCa('platform-ca');
    database = await LocalDatabase.start({
      documents: example('cluster-issuer'),
      secrets: [{ name: 'billing-db-auth', data: { username: 'postgres', password } }],
      clusterIssuer: { name: 'platform-ca', ca },
      prepare: `ALTER ROLE postgres PASSWORD '${password}'`,
    });
    right = { host: 'billing-db.billing.svc', trust: ca.data['tls.crt'], password };
  });
  afterAll(() => database?.stop());

  test('the right password is accepted over TLS 1.3, with verify-full', async () => {
    expect(await database.ask<Session>(WHO_AM_I, right)).toEqual([{ ssl: true, version: 'TLSv1.3', client_dn: null, role: 'postgres' }]);
  });

  test('a certificate that is not required does no harm', async () => {
    await expect(database.ask('SELECT 1', { ...right, certificate: await createCa() })).resolves.toHaveLength(1);
  });

  test('the password is stored as SCRAM', async () => {
    expect(await database.ask("SELECT left(rolpassword, 13) AS kind FROM pg_authid WHERE rolname = 'postgres'", right)).toEqual([{ kind: 'SCRAM-SHA-256' }]);
  });

  test.each<[string, Partial<Login>, RegExp]>([
    ['plaintext, even with the right password', { tls: false }, /pg_hba.conf rejects connection .* no encryption/],
    ['a wrong password', { password: 'guess' }, /password authentication failed for user "postgres"/],
    ['a certificate instead of the password', { password: '' }, /client password must be a string/],
    ['a wrong host name', { host: 'billing-db.elsewhere.svc' }, /does not match certificate's altnames/],
    ['a server of another CA', { trust: undefined }, /unable to verify the first certificate/],
  ])('%s is refused', async (_, change, reason) => {
    await expect(database.ask('SELECT 1', { ...right, ...change })).rejects.toThrow(reason);
  });
});

describe('plain: no TLS', () => {
  const password = 'correct horse battery staple';
  let database: LocalDatabase;

  beforeAll(async () => {
    database = await LocalDatabase.start({
      documents: example('plain'),
      secrets: [{ name: 'scratch-db-auth', data: { password } }],
      prepare: `ALTER ROLE postgres PASSWORD '${password}'`,
    });
  });
  afterAll(() => database?.stop());

  test('plaintext with the password gets in', async () => {
    expect(await database.ask<Session>(WHO_AM_I, { tls: false, password })).toEqual([{ ssl: false, version: null, client_dn: null, role: 'postgres' }]);
  });

  test('TLS is refused', async () => {
    await expect(database.ask('SELECT 1', { password })).rejects.toThrow('The server does not support SSL connections');
  });

  test('a wrong password is refused', async () => {
    await expect(database.ask('SELECT 1', { tls: false, password: 'guess' })).rejects.toThrow('password authentication failed for user "postgres"');
  });
});

test('the application of the README logs in as its role, as its environment and files state, and as no other', async () => {
  const program = markedBlock(readFileSync(join(REPOSITORY, 'README.md'), 'utf8'), 'program: application');
  const documents = parseManifests(filesOf(program)['shop.k8s.yaml']!);
  const deployment = documents.find(({ kind }) => kind === 'Deployment') as unknown as { spec: { template: { spec: { containers: [{ env: EnvVarManifest[] }] } } } };
  const { PGHOST: host, PGUSER: user, PGDATABASE: name } = Object.fromEntries(deployment.spec.template.spec.containers[0].env.map(({ name, value }) => [name, value!]));
  // What the reloader makes of the declarations, which takes psql: the suite of postgres-root has that.
  const database = await LocalDatabase.start({ documents, prepare: 'CREATE ROLE shop LOGIN\nCREATE DATABASE shop OWNER shop' });
  try {
    const login = { host, user, database: name, certificate: database.certManager.secret('shop-db-client-shop-cert'), trust: database.certManager.secret('shop-db-server-cert').data['ca.crt'] };
    expect(await database.ask<Session>(WHO_AM_I, login)).toEqual([{ ssl: true, version: 'TLSv1.3', client_dn: '/CN=shop', role: 'shop' }]);
    await expect(database.ask('SELECT 1', { ...login, database: 'postgres' })).rejects.toThrow('pg_hba.conf rejects connection');
    await expect(database.ask('SELECT 1', { ...login, user: 'postgres' })).rejects.toThrow('pg_hba.conf rejects connection');
    await expect(database.ask('SELECT 1', { ...login, certificate: undefined })).rejects.toThrow('connection requires a valid client certificate');
  } finally {
    await database.stop();
  }
});
