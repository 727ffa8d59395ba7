import { connect } from 'node:tls';
import { App, Chart, Size, Testing } from 'cdk8s';
import { Cpu, Deployment, ImagePullPolicy } from 'cdk8s-plus-27';
import { eventually, get, kubectl, list, tryKubectl } from './support/kubectl';
import { demandBareCluster, renew } from './support/playground';
import { CertificateAuthority, HighAvailability, MemberSpread, Postgres, PostgresStorage, PostgresVersion, TrustSource } from '../../src';

demandBareCluster();
jest.setTimeout(240_000);

const NAMESPACE = 'ha-test';
const IMAGE = 'registry.example.com/postgres-ha:18.6-4.1.5';
const inNamespace = (...args: string[]) => kubectl(['--namespace', NAMESPACE, ...args]);

/** Three members on the one node of the test cluster, and an application that writes. */
function chartOfTest(): Chart {
  const chart = new Chart(new App(), 'ha', { namespace: NAMESPACE });
  const db = new Postgres(chart, 'orders', {
    version: PostgresVersion.V18,
    tls: { issuer: new CertificateAuthority(chart, 'server-ca').issuer },
    storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
    resources: { cpu: { request: Cpu.millis(20) }, memory: { request: Size.mebibytes(128), limit: Size.mebibytes(512) } },
    highAvailability: HighAvailability.patroni({ image: IMAGE, spread: MemberSpread.PREFERRED, apiServerCas: TrustSource.fromConfigMapName('api-server') }),
  });
  const writer = new Deployment(chart, 'writer', { metadata: { name: 'writer' }, replicas: 1, securityContext: { user: 999, group: 999, fsGroup: 999 } });
  writer.addContainer({ name: 'psql', image: IMAGE, imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT, command: ['sleep', 'infinity'], securityContext: { user: 999, group: 999 }, resources: {} });
  db.addClient('shop').connect(writer);
  return chart;
}

/** The certificate of the API server itself: the CA of some clusters has no key usage, which Python 3.13 refuses. */
async function apiServerCertificate(): Promise<string> {
  const server = new URL(await kubectl(['config', 'view', '--minify', '--output', 'jsonpath={.clusters[0].cluster.server}']));
  return new Promise((resolve, reject) => {
    const socket = connect({ host: server.hostname, port: Number(server.port || 443), rejectUnauthorized: false }, () => {
      const der = socket.getPeerCertificate().raw.toString('base64').match(/.{1,64}/g)!.join('\n');
      socket.end();
      resolve(`-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`);
    });
    socket.on('error', reject);
  });
}

/** One row after the other until `/dev/shm/stop` exists: a line for each commit that the server has acknowledged. */
const WRITER = `rm -f /dev/shm/*; export PGCONNECT_TIMEOUT=2 PGOPTIONS='-c statement_timeout=20s'
while [ ! -e /dev/shm/stop ]; do
  while [ ! -e /dev/shm/stop ]; do echo "INSERT INTO written VALUES (nextval('ids')) RETURNING id;"; sleep 0.005; done | psql -qtAX -v ON_ERROR_STOP=1 2>>/dev/shm/errors >>/dev/shm/acknowledged
done`;

const inWriter = (script: string) => tryKubectl(['--namespace', NAMESPACE, 'exec', 'deployment/writer', '--', 'bash', '-c', script]);
const ask = async (sql: string): Promise<string> => (await inWriter(`psql -qtAX -c "${sql}"`)).stdout.trim();
const leader = async (): Promise<string> => (await list(NAMESPACE, 'pods')).find(({ metadata }) => metadata.labels['cdk8s-postgres-tls/role'] === 'primary')!.metadata.name;

/** Writes while something happens; the number of acknowledged commits, those that are missing afterwards, and the errors of the writer. */
async function writing(happens: () => Promise<unknown>): Promise<{ readonly acknowledged: number; readonly missing: string; readonly errors: string }> {
  const writer = inWriter(WRITER);
  await eventually('commits', 30, async () => { expect((await inWriter('test -s /dev/shm/acknowledged')).code).toBe(0); }, NAMESPACE);
  await happens();
  await ready();
  await inWriter('touch /dev/shm/stop');
  await writer;
  const { stdout } = await inWriter("grep -E '^[0-9]+$' /dev/shm/acknowledged | sort >/dev/shm/a; psql -qtAX -c 'SELECT id FROM written' | sort >/dev/shm/b; wc -l </dev/shm/a; comm -23 /dev/shm/a /dev/shm/b | wc -l; cat /dev/shm/errors");
  const [acknowledged = '', missing = '', ...errors] = stdout.split('\n');
  return { acknowledged: Number(acknowledged), missing, errors: errors.join('\n').trim() };
}

const ready = () => eventually('three members that replicate', 150, async () => {
  expect((await get(NAMESPACE, 'statefulset', 'orders')).status).toMatchObject({ readyReplicas: 3 });
  const members = JSON.parse(await inNamespace('exec', 'orders-0', '--container', 'postgres', '--', 'patronictl', '-c', '/etc/postgresql/patroni.yml', 'list', '--format', 'json')) as Array<{ State: string }>;
  expect(members.map(({ State }) => State).sort()).toEqual(['running', 'streaming', 'streaming']);
}, NAMESPACE);

beforeAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=120s']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  // The application, a Deployment of cdk8s-plus, cannot set the seccomp profile of `restricted`.
  await kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce=baseline', 'pod-security.kubernetes.io/warn=restricted']);
  await inNamespace('create', 'configmap', 'api-server', `--from-literal=ca.crt=${await apiServerCertificate()}`);
  await kubectl(['apply', '--validate=strict', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Testing.synth(chartOfTest()) }));
  await ready();
  await eventually('a table', 90, async () => { expect((await inWriter('psql -qX -v ON_ERROR_STOP=1 -c "CREATE TABLE written (id bigint PRIMARY KEY)" -c "CREATE SEQUENCE ids"')).code).toBe(0); }, NAMESPACE);
}, 400_000);

afterAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=120s']);
}, 300_000);

test('a client finds the leader among all members, over verified TLS', async () => {
  expect(await ask('SELECT NOT pg_is_in_recovery(), version FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toBe('t|TLSv1.3');
});

test('replicas log in with the certificate of their role', async () => {
  const rows = await inNamespace('exec', await leader(), '--container', 'postgres', '--', 'psql', '-qtAX', '-c',
    'SELECT usename, state, client_dn FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)');
  expect(rows.trim().split('\n')).toEqual(Array(2).fill('postgres_standby|streaming|/CN=postgres_standby'));
});

test('the REST API shows its state to everyone, and lets no certificate of an application change anything', async () => {
  const request = (line: string, options: string) => inNamespace('exec', 'orders-0', '--container', 'postgres', '--', 'bash', '-c',
    `printf '${line} HTTP/1.0\\r\\nContent-Length: 0\\r\\n\\r\\n' | timeout 10 openssl s_client -quiet ${options} -connect localhost:8008 2>/dev/null | head -n 1`);
  const own = (directory: string) => `-cert /tls/certs/${directory}/tls.crt -key /tls/certs/${directory}/tls.key`;
  expect(await request('GET /liveness', '')).toContain(' 200 ');
  expect(await request('POST /reload', '')).not.toContain(' 202 ');
  expect(await request('POST /reload', own('standby'))).not.toContain(' 202 ');
  expect(await request('POST /reload', own('member'))).toContain(' 202 ');
});

// A leader gives up its lease only if a replica has all of its WAL. Otherwise the new pod, which has its name, goes on with the lease.
test('the pod of the leader is deleted: the database is led again, and no acknowledged commit is lost', async () => {
  const before = await leader();
  const { acknowledged, missing } = await writing(async () => inNamespace('delete', 'pod', before));
  expect(acknowledged).toBeGreaterThan(50);
  expect(missing).toBe('0');
});

test('a switchover loses no acknowledged commit', async () => {
  const before = await leader();
  const { missing } = await writing(async () => inNamespace('exec', before, '--container', 'postgres', '--', 'patronictl', '-c', '/etc/postgresql/patroni.yml', 'switchover', '--leader', before, '--force'));
  expect(missing).toBe('0');
  expect(await leader()).not.toBe(before);
});

test('renewed certificates are served by every member, and no session ends', async () => {
  const served = async (port: string) => Promise.all([0, 1, 2].map((ordinal) => inNamespace('exec', `orders-${ordinal}`, '--container', 'reloader', '--', 'sh', '-c',
    `openssl s_client ${port === '5432' ? '-starttls postgres ' : ''}-connect localhost:${port} </dev/null 2>/dev/null | openssl x509 -noout -serial`)));
  const before = [...await served('5432'), ...await served('8008')];
  const { missing, errors } = await writing(async () => {
    for (const certificate of ['server', 'member', 'standby', 'rewind']) { await renew(NAMESPACE, `orders-${certificate}-cert`); }
    await eventually('the new certificates', 120, async () => {
      const after = [...await served('5432'), ...await served('8008')];
      expect(after.filter((serial) => before.includes(serial))).toEqual([]);
    }, NAMESPACE);
  });
  expect({ missing, errors }).toEqual({ missing: '0', errors: '' });
});
