import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Testing } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresProps, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../src';
import { createCa, find, loadManifests, LocalDatabase, LocalProcess, LocalSecret, Login, Manifest, servedCertificate } from '../local';
import { eventually, until } from '../support/eventually';
import { REPOSITORY } from '../support/repository';
import { chartIn } from '../support/tree';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();

const example = (name: string) => loadManifests(join(REPOSITORY, 'dist', `${name}.k8s.yaml`));
const inTheImage = { runAs: POSTGRES, wrapper: asInTheImage() };

/** The programs that a process has running. */
function childrenOf(pid: number): string[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.map((child) => readFileSync(`/proc/${child}/comm`, 'utf8').trim());
}

/** Serial numbers come with and without leading zeros. */
const serial = (text: string) => text.replace(/^0+/, '').toUpperCase();

/**
 * A database beside its running reloader.
 *
 * @param checkInterval looks of the reloader between two checks of the running server; as the pod has it unless given
 */
async function watched(version: PostgresVersion, props: Partial<PostgresProps> = {}, checkInterval?: number) {
  const chart = chartIn();
  new Postgres(chart, 'db', { version, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, storage: PostgresStorage.ephemeral(), ...props });
  const documents: Manifest[] = Testing.synth(chart);
  const { containers, initContainers, volumes } = find(documents, 'StatefulSet').spec.template.spec;
  const container = containers.find(({ name }) => name === 'reloader')!;
  if (checkInterval !== undefined) { container.env!.push({ name: 'CHECK_INTERVAL', value: String(checkInterval) }); }
  const database = await LocalDatabase.start({ documents, ...inTheImage });
  try {
    const reloader = database.pod.start('reloader');
    await reloader.waitFor(/reloaded, serving serial=/);
    return {
      database, documents, reloader, container,
      dataDirectory: initContainers![0]!.env!.find(({ name }) => name === 'PGDATA')!.value!,
      serverSecret: volumes!.find(({ name }) => name === 'server-cert')!.secret!.secretName!,
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

// The reload sidecar's real command, beside a real server, with root-owned Secret files as kubelet makes them.
describe('with certificates', () => {
  const documents = example('quickstart');
  let database: LocalDatabase;
  let reloader: LocalProcess;
  let right: Login;

  const served = async () => serial((await servedCertificate({ port: database.pod.port })).serialNumber);
  const swap = (secret: LocalSecret) => {
    const seen = reloader.logs.length;
    database.pod.updateSecret(secret);
    return seen;
  };

  beforeAll(async () => {
    database = await LocalDatabase.start({ documents, ...inTheImage });
    expect(database.pod.ownership).toBe('kubelet');
    const certificate = database.certManager.secret('orders-db-client-cert');
    right = { host: 'orders-db.orders.svc', certificate, trust: database.certManager.secret('orders-db-server-cert').data['ca.crt'] };
    reloader = database.pod.start('reloader');
  });
  afterAll(() => database?.stop());

  test('is ready once the server serves the mounted certificate, and logs its serial number', async () => {
    const [, logged] = await reloader.waitFor(/reloader: reloaded, serving serial=(\w+) notAfter=/);
    expect(serial(logged!)).toBe(await served());
    expect(await database.pod.probe('reloader', 'readiness')).toBe(true);
    expect(await database.pod.probe('postgres', 'readiness')).toBe(true);
  });

  test('has a renewed certificate served within its interval, while an open session lives on', async () => {
    const open = await database.connect(right);
    const { rows: [before] } = await open.query('SELECT pg_backend_pid() AS pid');
    const old = await served();
    const seen = swap(await database.certManager.renew('orders-db-server-cert'));
    const [, logged] = await reloader.waitFor(/reloaded, serving serial=(\w+)/, 15_000, seen);
    expect(await served()).toBe(serial(logged!));
    expect(await served()).not.toBe(old);
    expect((await open.query('SELECT pg_backend_pid() AS pid')).rows).toEqual([before]);
    await open.end();
    await expect(database.ask('SELECT 1', right)).resolves.toHaveLength(1);
  });

  test('logs once that key and certificate do not match, keeps the old pair, and loads the next valid one', async () => {
    const old = await served();
    const good = await database.certManager.renew('orders-db-server-cert');
    const other = await database.certManager.issue('orders-db-server-cert');
    let seen = swap({ ...good, data: { ...good.data, 'tls.key': other.data['tls.key']! } });
    await reloader.waitFor(/the private key does not match \S+tls\.crt; keeping the previous key pair, retrying/, 20_000, seen);
    await database.server.waitFor(/key values mismatch/);
    expect(await served()).toBe(old);
    expect(await database.pod.probe('reloader', 'readiness')).toBe(false);
    expect(await database.pod.probe('postgres', 'readiness')).toBe(true);

    seen = swap(good);
    await reloader.waitFor(/reloaded, serving serial=/, 20_000, seen);
    expect(await database.pod.probe('reloader', 'readiness')).toBe(true);
    expect(await served()).not.toBe(old);
    expect(reloader.logs.match(/private key does not match/g)).toHaveLength(1);
  });

  test('has changed access rules taken over', async () => {
    const configMap = find(documents, 'ConfigMap');
    const seen = reloader.logs.length;
    const { data = {} } = configMap;
    database.pod.updateConfigMap({ ...configMap, data: { ...data, 'pg_hba.conf': data['pg_hba.conf']!.replace(/^hostssl.*$/m, 'hostssl all absent all cert') } });
    await reloader.waitFor(/reloaded/, 15_000, seen);
    await expect(database.ask('SELECT 1', right)).rejects.toThrow(/pg_hba.conf rejects connection .* SSL encryption/);
    database.pod.updateConfigMap(configMap);
    await reloader.waitFor(/reloaded/, 15_000, reloader.logs.length);
    await expect(database.ask('SELECT 1', right)).resolves.toHaveLength(1);
  });

  test.each<[string, string, RegExp]>([
    ['postgresql.conf', 'work_mem = many\n', /the server keeps the previous configuration: postgresql\.conf line \d+: work_mem: setting could not be applied/],
    ['postgresql.conf', 'max_connections = many\n', /the server keeps the previous configuration: postgresql\.conf line \d+: max_connections: setting could not be applied/],
    ['postgresql.conf', 'work_mem\n', /the server keeps the previous configuration: postgresql\.conf line \d+: syntax error/],
    ['pg_hba.conf', 'hostssl all all all certificate\n', /the server keeps the previous configuration: pg_hba\.conf line \d+: invalid authentication method "certificate"/],
    ['pg_ident.conf', 'pod /^( postgres\n', /the server keeps the previous configuration: pg_ident\.conf line \d+: invalid regular expression/],
  ])('logs that %s is refused and is not ready until it is repaired', async (file, line, complaint) => {
    const configMap = find(documents, 'ConfigMap');
    const { data = {} } = configMap;
    const broken = { ...configMap, data: { ...data, [file]: data[file] + line } };
    const seen = reloader.logs.length;
    database.pod.updateConfigMap(broken);
    await reloader.waitFor(complaint, 15_000, seen);
    expect(await database.pod.probe('reloader', 'readiness')).toBe(false);
    await expect(database.ask('SELECT 1', right)).resolves.toHaveLength(1);
    database.pod.updateConfigMap(configMap);
    await reloader.waitFor(/reloaded/, 15_000, seen);
    expect(await database.pod.probe('reloader', 'readiness')).toBe(true);
  });

  test('is content with a parameter that only a new pod takes over', async () => {
    const configMap = find(documents, 'ConfigMap');
    const { data = {} } = configMap;
    const seen = reloader.logs.length;
    database.pod.updateConfigMap({ ...configMap, data: { ...data, 'postgresql.conf': `${data['postgresql.conf']}wal_level = logical\n` } });
    await reloader.waitFor(/reloaded/, 15_000, seen);
    const repaired = reloader.logs.length;
    database.pod.updateConfigMap(configMap);
    await reloader.waitFor(/reloaded/, 15_000, repaired);
  });

  test('waits for a server that is down and logs it once', async () => {
    await database.server.stop('SIGINT');
    const seen = swap(await database.certManager.renew('orders-db-server-cert'));
    await reloader.waitFor(/the server does not accept connections, retrying/, 15_000, seen);
    database.server = database.pod.start('postgres');
    await reloader.waitFor(/reloaded, serving serial=/, 15_000, seen);
    expect(reloader.logs.slice(seen).match(/does not accept connections/g)).toHaveLength(1);
  });

  test('reloads as a role that may do nothing else', async () => {
    const as = (sql: string) => database.pod.exec('reloader', ['psql', '-X', '-A', '-t', '-U', 'postgres_reloader', '-c', sql]);
    expect((await as('SELECT pg_reload_conf()')).stdout.trim()).toBe('t');
    expect((await as('CREATE TABLE taken (id int)')).stderr).toContain('permission denied');
    expect((await as("SELECT pg_read_file('/etc/passwd')")).stderr).toContain('permission denied');
    const seen = reloader.logs.length;
    database.pod.updateSecret(await database.certManager.renew('orders-db-server-cert'));
    await reloader.waitFor(/reloaded/, 15_000, seen);
  });

  test('needs no lock where the roles have their rights, and serves a renewal where they cannot be given back', async () => {
    const admin = await database.connect(right);
    let seen = reloader.logs.length;
    await admin.query('BEGIN; GRANT EXECUTE ON FUNCTION pg_reload_conf() TO pg_monitor');
    swap(await database.certManager.renew('orders-db-server-cert'));
    await reloader.waitFor(/reloaded, serving serial=/, 15_000, seen);
    expect(reloader.logs.slice(seen)).not.toContain('cannot');

    await admin.query('ROLLBACK; REVOKE EXECUTE ON FUNCTION pg_reload_conf() FROM postgres_reloader');
    await admin.query('BEGIN; GRANT EXECUTE ON FUNCTION pg_reload_conf() TO pg_monitor');
    const old = await served();
    seen = swap(await database.certManager.renew('orders-db-server-cert'));
    await reloader.waitFor(/cannot create the roles of .*, retrying: another session holds a lock that the statement needs/, 15_000, seen);
    expect(await served()).not.toBe(old);
    expect(await database.pod.probe('reloader', 'readiness')).toBe(false);
    await admin.query('ROLLBACK');
    await reloader.waitFor(/reloaded, serving serial=/, 40_000, seen);
    expect(await database.pod.probe('reloader', 'readiness')).toBe(true);
    await admin.end();
  });

  test('logs a change of the CA of the server or its clients, and no renewal by the same CA', async () => {
    const earlier = reloader.logs;
    expect(earlier).not.toMatch(/different CA|CA was removed/);
    // As cert-manager makes a CA again whose Secret was deleted: the same names, another key.
    let seen = swap(await database.certManager.issue('orders-db-server-cert', { ca: await createCa('orders-ca') }));
    await reloader.waitFor(/reloaded, serving serial=/, 15_000, seen);
    expect(reloader.logs.slice(seen)).toMatch(/tls\.crt was issued by a different CA than before: clients that trust only the previous ca\.crt reject the server/);
    const first = database.certManager.secret('orders-db-client-ca-key-pair');
    const second = await createCa('orders-db-client-ca');
    seen = swap({ ...first, data: { ...first.data, 'ca.crt': first.data['ca.crt']! + second.data['tls.crt']! } });
    await reloader.waitFor(/reloaded, serving serial=/, 15_000, seen);
    expect(reloader.logs.slice(seen)).not.toMatch(/\bCA\b/);
    seen = swap({ ...first, data: { ...first.data, 'ca.crt': second.data['tls.crt']! } });
    await reloader.waitFor(/reloaded, serving serial=/, 15_000, seen);
    expect(reloader.logs.slice(seen)).toMatch(/a CA was removed from \S+ca\.crt: the server rejects the client certificates of that CA/);
    seen = swap(first);
    await reloader.waitFor(/reloaded, serving serial=/, 15_000, seen);
    // Also where something else is refused meanwhile: the files are taken over.
    const configMap = find(documents, 'ConfigMap');
    const { data = {} } = configMap;
    database.pod.updateConfigMap({ ...configMap, data: { ...data, 'pg_hba.conf': `${data['pg_hba.conf']}hostssl all all all certificate\n` } });
    seen = swap(await database.certManager.renew('orders-db-server-cert'));
    await reloader.waitFor(/was issued by a different CA than before/, 15_000, seen);
    expect(reloader.logs.slice(seen)).not.toContain('reloaded');
    database.pod.updateConfigMap(configMap);
    await reloader.waitFor(/reloaded, serving serial=/, 15_000, seen);
    await expect(database.ask('SELECT 1', right)).resolves.toHaveLength(1);
  });

  test('goes on with a newer script of its own in the same process, so that an update of this package restarts no server', async () => {
    const configMap = find(documents, 'ConfigMap');
    const { data = {} } = configMap;
    const { pid } = reloader;
    const seen = reloader.logs.length;
    database.pod.updateConfigMap({ ...configMap, data: { ...data, 'reload.sh': data['reload.sh']!.replace('reloader: %s', 'newer reloader: %s') } });
    await reloader.waitFor(/newer reloader: reloaded, serving serial=/, 15_000, seen);
    expect(reloader.pid).toBe(pid);
    expect(await database.pod.probe('reloader', 'readiness')).toBe(true);
    const again = reloader.logs.length;
    database.pod.updateConfigMap(configMap);
    await reloader.waitFor(/^reloader: reloaded, serving serial=/m, 15_000, again);
  });

  test('ends at once on SIGTERM', async () => {
    expect(await reloader.stop('SIGTERM')).toMatchObject({ code: 0 });
    // One that slept on would be killed at the end of the grace period.
    const sleeping = database.pod.start('reloader', { RELOAD_INTERVAL: '600' });
    await until(() => childrenOf(sleeping.pid).includes('sleep'), 'the reloader sleeps');
    expect(await sleeping.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});

describe.each([PostgresVersion.V14, PostgresVersion.V15, PostgresVersion.V16, PostgresVersion.V17])('PostgreSQL $major', (version) => {
  test('its reloader sees what is refused and what is taken over', async () => {
    const { database, documents, reloader } = await watched(version, { superuserAccess: SuperuserAccess.certificate() });
    try {
      const configMap = find(documents, 'ConfigMap');
      const { data = {} } = configMap;
      database.pod.updateConfigMap({ ...configMap, data: { ...data, 'pg_hba.conf': `${data['pg_hba.conf']}hostssl all all all certificate\n` } });
      await reloader.waitFor(/keeps the previous configuration: pg_hba\.conf line \d+: invalid authentication method/, 20_000);
      const seen = reloader.logs.length;
      database.pod.updateConfigMap(configMap);
      await reloader.waitFor(/reloaded, serving serial=/, 20_000, seen);
    } finally {
      await database.stop();
    }
  });
});

describe.each([PostgresVersion.V16, PostgresVersion.V18])('PostgreSQL $major beside its manifest', (version) => {
  test('logs which settings override the manifest, which wait for a restart and which certificate clients refuse, and its probe prints it', async () => {
    const { database, documents, reloader, container, dataDirectory, serverSecret } = await watched(version, { superuserAccess: SuperuserAccess.certificate() }, 2);
    try {
      const sql = (...statements: string[]) => database.pod.exec('reloader', ['psql', '-X', '-q', ...statements.flatMap((text) => ['-c', text])]);
      const probe = () => database.pod.exec('reloader', container.readinessProbe!.exec!.command);
      expect(await database.pod.probe('reloader', 'startup')).toBe(true);

      let seen = reloader.logs.length;
      const { stderr } = await sql("ALTER SYSTEM SET work_mem = '8MB'");
      const isRefused = version.major >= 17;
      expect(stderr).toContain(isRefused ? 'ALTER SYSTEM is not allowed in this environment' : '');
      // What was written before the server refused it.
      const write = (text: string) => writeFileSync(database.pod.hostPath('postgres', `${dataDirectory}/postgresql.auto.conf`), text);
      if (isRefused) { write('work_mem = 8192\n'); }
      await reloader.waitFor(/postgresql\.auto\.conf on the data volume overrides the manifest: work_mem/, 15_000, seen);
      expect(await probe()).toMatchObject({ code: 1, stdout: 'postgresql.auto.conf on the data volume overrides the manifest: work_mem\n' });
      seen = reloader.logs.length;
      if (isRefused) { write(''); } else { await sql('ALTER SYSTEM RESET work_mem'); }
      await reloader.waitFor(/all problems are resolved/, 15_000, seen);
      expect(await probe()).toMatchObject({ code: 0 });

      const configMap = find(documents, 'ConfigMap');
      const { data = {} } = configMap;
      seen = reloader.logs.length;
      database.pod.updateConfigMap({ ...configMap, data: { ...data, 'postgresql.conf': `${data['postgresql.conf']}max_wal_senders = 7\n` } });
      await reloader.waitFor(/a restart is required to apply: max_wal_senders; delete the pod/, 15_000, seen);
      expect(await probe()).toMatchObject({ code: 1, stdout: 'a restart is required to apply: max_wal_senders; delete the pod\n' });
      seen = reloader.logs.length;
      database.pod.updateConfigMap(configMap);
      await reloader.waitFor(/reloaded/, 15_000, seen);

      const good = await database.certManager.renew(serverSecret);
      const other = await createCa('another-ca');
      seen = reloader.logs.length;
      database.pod.updateSecret({ ...good, data: { ...good.data, 'ca.crt': other.data['tls.crt']! } });
      await reloader.waitFor(/tls\.crt does not verify against .*ca\.crt: clients that trust this file reject the server/, 15_000, seen);
      expect((await probe()).code).toBe(1);
      seen = reloader.logs.length;
      database.pod.updateSecret(good);
      await reloader.waitFor(/reloaded/, 15_000, seen);
    } finally {
      await database.stop();
    }
  });
});

describe.each([PostgresVersion.V14, PostgresVersion.V18])('PostgreSQL $major', (version) => {
  test('does not restart the server because of a locked catalog', async () => {
    const { database, reloader } = await watched(version, {}, 2);
    try {
      // Every new session waits, and the others go on.
      let isLocked = true;
      const locking = database.pod.exec('reloader', ['psql', '-X', '-q', '-c', 'BEGIN; LOCK TABLE pg_database IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(22)']);
      void locking.finally(() => { isLocked = false; });
      await eventually(async () => expect((await database.pod.exec('reloader', ['pg_isready', '-q'])).code).toBe(2));
      while (isLocked) {
        expect(await database.pod.probe('postgres', 'liveness')).toBe(true);
        await delay(500);
      }
      expect(reloader.logs).toMatch(/cannot query the settings of the server, retrying/);
      await reloader.waitFor(/all problems are resolved/, 20_000);
    } finally {
      await database.stop();
    }
  });

  test('has its server restarted where it hangs, not where it only starts, and does not wait for a standby', async () => {
    const { database, documents, reloader, dataDirectory, serverSecret } = await watched(version, {}, 2);
    try {
      const isAlive = () => database.pod.probe('postgres', 'liveness');
      const becomes = (alive: boolean) => until(async () => (await isAlive()) === alive, alive ? 'it is alive' : 'it is not alive', 60_000);
      expect(await isAlive()).toBe(true);

      let seen = reloader.logs.length;
      database.server.signal('SIGSTOP');
      await reloader.waitFor(/the server does not respond: it is down, or it hangs and the kubelet will restart it/, 30_000, seen);
      expect(await isAlive()).toBe(false);
      expect(await database.pod.probe('reloader', 'readiness')).toBe(false);
      database.server.signal('SIGCONT');
      await reloader.waitFor(/all problems are resolved/, 15_000, seen);
      expect(await isAlive()).toBe(true);
      expect(await database.pod.probe('reloader', 'readiness')).toBe(true);

      // Down, then one that refuses every connection because it recovers without end.
      await database.server.stop('SIGINT');
      await becomes(false);
      const pgData = database.pod.hostPath('postgres', dataDirectory);
      writeFileSync(join(pgData, 'standby.signal'), '');
      const { data = {} } = find(documents, 'ConfigMap');
      const conf = (more: string) => database.pod.updateConfigMap({ ...find(documents, 'ConfigMap'), data: { ...data, 'postgresql.conf': data['postgresql.conf']! + more } });
      conf('hot_standby = off\n');
      database.server = database.pod.start('postgres');
      await becomes(true);
      expect(await database.pod.probe('postgres', 'readiness')).toBe(false);
      // It stays so over several checks of the reloader, which come every two seconds here.
      await delay(4000);
      expect(await isAlive()).toBe(true);
      await database.server.stop('SIGINT');
      rmSync(join(pgData, 'standby.signal'));

      seen = reloader.logs.length;
      conf("synchronous_standby_names = 'absent'\n");
      database.server = database.pod.start('postgres');
      await reloader.waitFor(/reloaded, serving serial=/, 40_000, seen);
      // The role that the reloader has to make anew: a commit.
      await database.pod.exec('reloader', ['psql', '-X', '-q', '-c', 'SET synchronous_commit = local', '-c', 'DROP ROLE postgres_reloader']);
      seen = reloader.logs.length;
      const before = (await servedCertificate({ port: database.pod.port })).serialNumber;
      database.pod.updateSecret(await database.certManager.renew(serverSecret));
      await reloader.waitFor(/reloaded, serving serial=/, 10_000, seen);
      expect((await servedCertificate({ port: database.pod.port })).serialNumber).not.toBe(before);
      expect((await database.pod.exec('reloader', ['psql', '-X', '-A', '-t', '-c', "SELECT count(*) FROM pg_roles WHERE rolname = 'postgres_reloader'"])).stdout.trim()).toBe('1');
    } finally {
      await database.stop();
    }
  });
});

describe.each([PostgresVersion.V15, PostgresVersion.V18])('PostgreSQL $major without a free connection', (version) => {
  test('serves a renewed certificate', async () => {
    const { database, documents, reloader, serverSecret } = await watched(version, { superuserAccess: SuperuserAccess.certificate(), parameters: { max_connections: '12' } });
    try {
      const admin = (sql: string) => database.pod.exec('reloader', ['psql', '-X', '-q', '-c', sql]);
      await admin('CREATE ROLE app LOGIN');
      const { data = {} } = find(documents, 'ConfigMap');
      let seen = reloader.logs.length;
      database.pod.updateConfigMap({
        ...find(documents, 'ConfigMap'),
        data: { ...data, 'pg_hba.conf': `local all app trust\n${data['pg_hba.conf']}` },
      });
      await reloader.waitFor(/reloaded/, 20_000, seen);
      // One after the other, and each reports its connection: a session that counts them would take a connection itself.
      const sessions = version.major >= 16 ? 6 : 9;
      const open: Array<Promise<unknown>> = [];
      for (let taken = 0; taken < sessions; taken += 1) {
        const begun = `/tmp/session-${taken}`;
        open.push(database.pod.exec('reloader', ['psql', '-X', '-q', '-U', 'app', '-c', `\\! touch ${begun}`, '-c', 'SELECT pg_sleep(600)'], 120_000));
        await until(() => existsSync(database.pod.hostPath('reloader', begun)), 'the session begins');
      }
      expect((await database.pod.exec('reloader', ['psql', '-X', '-U', 'app', '-c', 'SELECT 1'])).stderr).toContain('remaining connection slots are reserved');
      seen = reloader.logs.length;
      database.pod.updateSecret(await database.certManager.renew(serverSecret));
      await reloader.waitFor(/reloaded, serving serial=/, 20_000, seen);
      expect(reloader.logs.slice(seen)).not.toContain('cannot');
      await admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
      await Promise.all(open);
    } finally {
      await database.stop();
    }
  });
});

describe('with a password', () => {
  const first = "it's a \"long\" $PASSWORD with `odd` characters\\ ü";
  let database: LocalDatabase;
  let reloader: LocalProcess;
  let trust: string | undefined;

  const secretOf = (password: string): LocalSecret => ({ name: 'billing-db-auth', data: { username: 'postgres', password } });
  const login = (password: string): Login => ({ host: 'billing-db.billing.svc', trust, password });

  beforeAll(async () => {
    const ca = await createCa('platform-ca');
    trust = ca.data['tls.crt'];
    database = await LocalDatabase.start({ documents: example('cluster-issuer'), secrets: [secretOf(first)], clusterIssuer: { name: 'platform-ca', ca }, ...inTheImage });
  });
  afterAll(() => database?.stop());

  test('no client can log in before the password is set', async () => {
    await expect(database.ask('SELECT 1', login(first))).rejects.toThrow('password authentication failed');
  });

  test('sets it from the mounted Secret', async () => {
    reloader = database.pod.start('reloader');
    await reloader.waitFor(/reloaded/);
    await expect(database.ask('SELECT 1', login(first))).resolves.toHaveLength(1);
  });

  test('takes over a changed one without a restart', async () => {
    const open = await database.connect(login(first));
    const seen = reloader.logs.length;
    database.pod.updateSecret(secretOf('the second one'));
    await reloader.waitFor(/reloaded/, 15_000, seen);
    await expect(database.ask('SELECT 1', login('the second one'))).resolves.toHaveLength(1);
    await expect(database.ask('SELECT 1', login(first))).rejects.toThrow('password authentication failed');
    expect((await open.query('SELECT 1')).rows).toHaveLength(1);
    await open.end();
  });

  test.each([
    ['an empty one', '', /is empty; keeping the previous password of postgres/],
    ['one of two lines', 'one\ntwo', /has more than one line; keeping the previous password of postgres/],
  ])('refuses %s and logs it', async (_, password, complaint) => {
    const seen = reloader.logs.length;
    database.pod.updateSecret(secretOf(password));
    await reloader.waitFor(complaint, 15_000, seen);
    await expect(database.ask('SELECT 1', login('the second one'))).resolves.toHaveLength(1);
  });

  test('logs that it cannot read it, and keeps the password', async () => {
    database.pod.updateSecret(secretOf('the second one'));
    const seen = reloader.logs.length;
    database.pod.updateSecret(secretOf('never seen'));
    chmodSync(database.pod.hostPath('reloader', '/etc/postgresql-auth/password'), 0o400);
    await reloader.waitFor(/cannot read .*password/, 15_000, seen);
    expect(await database.pod.probe('reloader', 'readiness')).toBe(false);
    await expect(database.ask('SELECT 1', login('the second one'))).resolves.toHaveLength(1);
    const repaired = reloader.logs.length;
    database.pod.updateSecret(secretOf('the second one'));
    await reloader.waitFor(/reloaded/, 15_000, repaired);
  });

  test('serves a renewal while the row of the password is locked, and sets the password afterwards', async () => {
    const admin = await database.connect(login('the second one'));
    await admin.query('BEGIN; ALTER ROLE postgres CONNECTION LIMIT 50');
    const before = (await servedCertificate({ port: database.pod.port })).serialNumber;
    const seen = reloader.logs.length;
    database.pod.updateSecret(await database.certManager.renew('billing-db-server-cert'));
    await reloader.waitFor(/cannot set the password of postgres, retrying: another session holds a lock that the statement needs/, 15_000, seen);
    expect((await servedCertificate({ port: database.pod.port })).serialNumber).not.toBe(before);
    await admin.query('ROLLBACK');
    await admin.end();
    await reloader.waitFor(/reloaded, serving serial=/, 40_000, seen);
    await expect(database.ask('SELECT 1', login('the second one'))).resolves.toHaveLength(1);
  });

  test('the password stands in no log and in no process list or environment', async () => {
    for (const text of [database.server.logs, reloader.logs, readFileSync(`/proc/${reloader.pid}/environ`, 'utf8'), readFileSync(`/proc/${database.server.pid}/environ`, 'utf8')]) {
      expect(text).not.toContain('the second one');
      expect(text).not.toContain('odd');
    }
  });

  test('no log has it or its hash, even when statements are logged', async () => {
    const configMap = find(example('cluster-issuer'), 'ConfigMap');
    const { data = {} } = configMap;
    const seen = database.server.logs.length;
    const settings = reloader.logs.length;
    database.pod.updateConfigMap({ ...configMap, data: { ...data, 'postgresql.conf': `${data['postgresql.conf']}log_statement = 'all'\n` } });
    await reloader.waitFor(/reloaded/, 15_000, settings);
    const reloads = reloader.logs.length;
    database.pod.updateSecret(secretOf('the third one'));
    await reloader.waitFor(/reloaded/, 15_000, reloads);
    const again = reloader.logs.length;
    database.pod.updateSecret(secretOf('the fourth one'));
    await reloader.waitFor(/reloaded/, 15_000, again);
    await database.ask("SELECT 'logged'", login('the fourth one'));
    await database.server.waitFor(/SELECT 'logged'/, 5000, seen);
    expect(database.server.logs).not.toMatch(/the fourth one|SCRAM-SHA-256\$/);
  });
});
