import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { eventually, get, kubectl, list, OpenSession, tryKubectl, type ClusterObject } from './support/kubectl';
import { clientFiles, demandBareCluster, OWN_APART, psql, renew, untilReachable } from './support/playground';
import {
  Certificate, CertificateAuthority, ClientAuthMode, Issuer, Postgres, PostgresMonitor, PostgresProps, PostgresStorage, PostgresVersion, SslMode,
  SuperuserAccess, Validation,
} from '../../src';
import { playAlerts, scraped } from '../support/promtool';
import { markedBlock, REPOSITORY } from '../support/repository';
import { chartIn } from '../support/tree';

demandBareCluster();
jest.setTimeout(300_000);

const NAMESPACE = 'cdk8s-postgres-tls-operations';
const SMALL = { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(192), limit: Size.mebibytes(192) } };
const durable = PostgresStorage.durable({ size: Size.gibibytes(1) });
const BASE = { version: PostgresVersion.V18, resources: SMALL, storage: PostgresStorage.ephemeral() };
const IMAGE = PostgresVersion.V18.image;
const figures: string[] = [];

const apply = (chart: Chart) => kubectl(['apply', '--validate=strict', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Testing.synth(chart) }));
const chart = () => chartIn(NAMESPACE);
const pod = (name: string): Promise<ClusterObject> => get(NAMESPACE, 'pod', `${name}-0`);
const admin = (name: string, sql: string) =>
  kubectl(['--namespace', NAMESPACE, 'exec', `${name}-0`, '--container', 'reloader', '--', 'psql', '-X', '-A', '-t', '-q', '-c', sql]).then((answer) => answer.trim());

const statusOf = (name: string) => kubectl(['--namespace', NAMESPACE, 'get', 'pod', `${name}-0`, '--no-headers']).then((line) => line.split(/ +/)[2]);
const inPostgres = (name: string, script: string) => kubectl(['--namespace', NAMESPACE, 'exec', `${name}-0`, '--container', 'postgres', '--', 'sh', '-c', script]);
const secretOf = (name: string) => get(NAMESPACE, 'secret', name);
const DOCS = readFileSync(join(REPOSITORY, 'docs/operations.md'), 'utf8');

async function ready(...names: string[]): Promise<void> {
  await eventually(`readiness of ${names.join(', ')}`, 240, async () => {
    for (const name of names) {
      const { metadata, spec, status } = await get(NAMESPACE, 'statefulset', name);
      if (status.observedGeneration !== metadata.generation || status.readyReplicas !== spec.replicas || status.currentRevision !== status.updateRevision) {
        throw new Error(`${name} is not ready`);
      }
    }
    for (const { metadata, status } of await list(NAMESPACE, 'certificates')) {
      if (!status?.conditions?.some(({ type, status: value }: ClusterObject) => type === 'Ready' && value === 'True')) { throw new Error(`${metadata.name} is not issued`); }
    }
  }, NAMESPACE);
}

/** A client that sees a Secret when there is one. */
async function startClient(name: string, db: string): Promise<void> {
  await kubectl(['apply', '--filename', '-'], JSON.stringify({
    apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: NAMESPACE },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'psql', image: IMAGE, command: ['sleep', 'infinity'], env: [{ name: 'PGPASSWORD', value: 'a password' }],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }, volumeMounts: [{ name: 'tls', mountPath: '/tls' }],
      }],
      volumes: [{ name: 'tls', ...clientFiles(db) }],
    },
  }));
  await kubectl(['--namespace', NAMESPACE, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s']);
}

beforeAll(async () => {
  await kubectl(['delete', 'namespaces', '--selector', OWN_APART, '--wait', '--timeout=150s']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  await kubectl(['label', 'namespace', NAMESPACE, OWN_APART, 'pod-security.kubernetes.io/enforce=restricted']);
}, 200_000);

afterAll(async () => {
  if (figures.length > 0) { process.stdout.write(`measured: ${figures.join('; ')}\n`); }
  await tryKubectl(['delete', 'namespace', NAMESPACE, '--wait', '--timeout=150s']);
}, 200_000);

test('every permitted mode becomes Ready under restricted', async () => {
  const all = chart();
  const { issuer } = new CertificateAuthority(all, 'modes-ca');
  const databases = Object.values(SslMode).flatMap((sslMode) => Object.values(ClientAuthMode).filter((auth) => sslMode !== SslMode.DISABLE || auth !== ClientAuthMode.CERT)
    .map((clientAuthMode) => {
      const superuserAccess = clientAuthMode === ClientAuthMode.CERT ? SuperuserAccess.certificate() : SuperuserAccess.password();
      const db = new Postgres(all, `${sslMode}-${clientAuthMode}`, { ...BASE, sslMode, clientAuthMode, superuserAccess, tls: sslMode === SslMode.DISABLE ? undefined : { issuer } });
      if (clientAuthMode === ClientAuthMode.MD5) { Validation.of(db).acknowledge('PGTLS-P20', 'every mode is tried'); }
      return db;
    }));
  for (const { authSecretName } of databases) {
    if (authSecretName) { await kubectl(['--namespace', NAMESPACE, 'create', 'secret', 'generic', authSecretName, '--from-literal=password=a password']); }
  }
  const start = Date.now();
  await apply(all);
  await ready(...databases.map(({ name }) => name));
  figures.push(`${databases.length} modes Ready after ${(Date.now() - start) / 1000} s`);
  for (const { name } of databases) {
    expect((await pod(name)).status.containerStatuses.map(({ restartCount }: ClusterObject) => restartCount)).toEqual([0, 0]);
  }
  await kubectl(['--namespace', NAMESPACE, 'delete', 'statefulsets,pods,certificates', '--all', '--wait']);
}, 450_000);

describe('a watched database', () => {
  const watched = (props: Partial<PostgresProps> = {}) => {
    const all = chart();
    const { issuer } = new CertificateAuthority(all, 'watched-ca');
    new Postgres(all, 'watched', { ...BASE, storage: durable, tls: { issuer }, superuserAccess: SuperuserAccess.certificate(), monitor: PostgresMonitor.prometheus({ serviceMonitor: { labels: { release: 'prometheus' } }, alerts: {} }), ...props });
    return apply(all);
  };

  beforeAll(async () => {
    await watched();
    await ready('watched');
    await startClient('scraper', 'watched');
    await untilReachable(NAMESPACE, 'scraper', 'watched');
    await admin('watched', 'CREATE TABLE kept AS SELECT 42 AS answer');
  });

  const fetch = (...options: string[]) => kubectl(['--namespace', NAMESPACE, 'exec', 'scraper', '--', 'sh', '-c',
    `printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -connect watched-stats:9187 ${options.join(' ')} 2>&1`]);

  test('gives its metrics over verified HTTPS, and pg_up is 1', async () => {
    const verified = ['-verify_return_error', '-verify_hostname', `watched-stats.${NAMESPACE}.svc`, '-CAfile', '/tls/client-ca.crt'];
    const metrics = await eventually('pg_up 1', 60, async () => {
      const answer = await fetch(...verified);
      if (!/^pg_up 1$/m.test(answer)) { throw new Error(answer.slice(0, 500)); }
      return answer;
    }, NAMESPACE);
    for (const name of ['pg_stat_activity_count', 'pg_settings_max_connections', 'pg_stat_database_xact_commit']) { expect(metrics).toContain(name); }
  });

  test('the exporter is pg_monitor and no more, and comes by TLS with its certificate', async () => {
    const sessions = "SELECT DISTINCT usename, ssl, version, client_dn FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE usename = 'postgres_exporter'";
    expect(await eventually('a session of the exporter', 30, async () => {
      await fetch();
      const found = await admin('watched', sessions);
      if (found === '') { throw new Error('none'); }
      return found;
    })).toBe('postgres_exporter|t|TLSv1.3|/CN=postgres_exporter');
    expect(await admin('watched', "SELECT rolsuper, rolcreaterole, pg_has_role('postgres_exporter', 'pg_monitor', 'member') FROM pg_roles WHERE rolname = 'postgres_exporter'")).toBe('f|f|t');
  });

  test('the exporter can log in from inside the pod only', async () => {
    const conninfo = 'host=watched user=postgres_exporter dbname=postgres sslmode=verify-full sslrootcert=/tls/ca.crt sslcert=/tls/tls.crt sslkey=/tls/tls.key';
    await expect(psql(NAMESPACE, 'scraper', conninfo, 'SELECT 1')).rejects.toThrow(/pg_hba.conf rejects connection .* user "postgres_exporter"/);
  });

  describe('its alerts, with real metrics of the exporter', () => {
    const TARGET = { namespace: NAMESPACE, service: 'watched-stats', instance: 'pod', job: 'watched-stats' };
    const rules = async () => (await get(NAMESPACE, 'prometheusrule', 'watched')).spec;
    const metricsOf = (spec: ClusterObject) => [...new Set([...JSON.stringify(spec).matchAll(/\bpg_[a-z_]+/g)].map(([name]) => name))];
    const scrape = async () => scraped(await fetch(), metricsOf(await rules()), TARGET);
    const series = (...scrapes: Array<Map<string, string>>) =>
      Object.fromEntries([...new Set(scrapes.flatMap((found) => [...found.keys()]))].map((name) => [name, scrapes.map((found) => (found.has(name) ? `${found.get(name)}x20` : '_x20')).join(' ')]));
    const fires = async (alert: string, count: number, at: string, ...scrapes: Array<Map<string, string>>) =>
      expect(playAlerts(await rules(), series(...scrapes), alert, at, count)).toMatch(/SUCCESS/);

    test('know every metric by its name, and none of them fires', async () => {
      await admin('watched', "SELECT pg_create_physical_replication_slot('unused')");
      try {
        const found = await scrape();
        expect([...new Set([...found.keys()].map((name) => name.replace(/\{.*/, '')))].sort()).toEqual(metricsOf(await rules()).sort());
        for (const alert of ['PostgresDown', 'PostgresMetricsIncomplete', 'PostgresServerCrashed', 'PostgresConnectionsNearLimit']) { await fires(alert, 0, '19m', found); }
        await fires('PostgresReplicationSlotInactive', 1, '19m', found);
      } finally {
        await admin('watched', "SELECT pg_drop_replication_slot('unused')");
      }
    });

    test.each([
      ['a right is missing', 'REVOKE pg_monitor FROM postgres_exporter', 'GRANT pg_monitor TO postgres_exporter'],
      ['no new connection is accepted', 'ALTER ROLE postgres_exporter NOLOGIN', 'ALTER ROLE postgres_exporter LOGIN'],
    ])('fire where %s, which pg_up does not show', async (_, breaking, repair) => {
      await admin('watched', breaking);
      const broken = await scrape();
      await admin('watched', repair);
      await fires('PostgresDown', 0, '19m', broken);
      await fires('PostgresMetricsIncomplete', 1, '19m', broken);
      await fires('PostgresMetricsIncomplete', 0, '19m', await scrape());
    });

    test('fire where memory has run out: all sessions end, no acknowledged row is lost', async () => {
      const before = [await pod('watched'), await scrape()] as const;
      const session = new OpenSession(NAMESPACE, 'scraper', 'host=watched user=postgres dbname=postgres sslmode=verify-full sslrootcert=/tls/ca.crt sslcert=/tls/tls.crt sslkey=/tls/tls.key');
      try {
        expect(await session.ask('SELECT 1;')).toBe('1');
        const greedy = "SET work_mem = '4GB'; SELECT count(*) FROM (SELECT DISTINCT i || repeat('x', 1000) FROM generate_series(1, 2000000) i) all_of_it";
        await expect(admin('watched', greedy)).rejects.toThrow(/server closed the connection unexpectedly|exit code/);
        await expect(session.ask('SELECT 1;')).rejects.toThrow(/psql ended/);
      } finally {
        session.close();
      }
      await ready('watched');
      expect(await eventually('an answer', 60, () => admin('watched', 'SELECT answer FROM kept'))).toBe('42');
      const { restartCount, lastState } = (await pod('watched')).status.containerStatuses.find(({ name }: ClusterObject) => name === 'postgres');
      // With cgroup v1 the kernel kills the process alone, with v2 kubelet has it kill all of the container's.
      const restarted = restartCount > before[0].status.containerStatuses.find(({ name }: ClusterObject) => name === 'postgres').restartCount;
      figures.push(`out of memory ended ${restarted ? 'the container' : 'one process, and with it all sessions'}`);
      if (restarted) {
        expect(lastState.terminated.reason).toBe('OOMKilled');
      } else {
        expect(await kubectl(['--namespace', NAMESPACE, 'logs', 'watched-0', '--container', 'postgres'])).toMatch(/was terminated by signal 9: Killed[^]*Failed process was running: SET work_mem/);
      }
      const after = await eventually('pg_up 1', 60, async () => {
        const found = await scrape();
        expect([...found].find(([name]) => name.startsWith('pg_up{'))?.[1]).toBe('1');
        return found;
      });
      await fires('PostgresServerCrashed', 1, '25m', before[1], after);
    });
  });

  test('neither the exporter nor the server logs the looks of the probes', async () => {
    const { startedAt } = (await pod('watched')).status.containerStatuses.find(({ name }: ClusterObject) => name === 'exporter').state.running;
    // The rarest probe looks every 30 seconds.
    await new Promise((resolve) => { setTimeout(resolve, Math.max(0, 35_000 - (Date.now() - Date.parse(startedAt)))); });
    for (const container of ['exporter', 'postgres']) {
      expect(await kubectl(['--namespace', NAMESPACE, 'logs', 'watched-0', '--container', container])).not.toMatch(/handshake error|incomplete startup packet|SSL error|unexpected EOF/);
    }
  });

  test('a drain asks for --delete-emptydir-data, and then takes the pod, whose data stays', async () => {
    const { metadata, spec } = await pod('watched');
    const drain = (...flags: string[]) => tryKubectl(['drain', spec.nodeName, '--dry-run=client', '--ignore-daemonsets', '--pod-selector', 'cdk8s-postgres-tls/database=watched', ...flags]);
    expect(await drain()).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot delete Pods with local storage (use --delete-emptydir-data to override)') });
    expect(await drain('--delete-emptydir-data')).toMatchObject({ code: 0 });
    // What a drain does to the pod, without its node for the others.
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'watched-0', namespace: NAMESPACE } };
    await kubectl(['create', '--raw', `/api/v1/namespaces/${NAMESPACE}/pods/watched-0/eviction`, '--filename', '-'], JSON.stringify(eviction));
    await eventually('a new pod', 60, async () => { expect((await pod('watched')).metadata.uid).not.toBe(metadata.uid); });
    await ready('watched');
    expect(await admin('watched', 'SELECT answer FROM kept')).toBe('42');
  });

  describe('a Secret of it', () => {
    const conninfo = 'host=watched user=postgres dbname=postgres sslmode=verify-full sslrootcert=/tls/ca.crt sslcert=/tls/tls.crt sslkey=/tls/tls.key';
    const who = () => psql(NAMESPACE, 'scraper', conninfo, 'SELECT current_user');
    const served = () => kubectl(['--namespace', NAMESPACE, 'exec', 'scraper', '--', 'sh', '-c', 'openssl s_client -starttls postgres -connect watched:5432 </dev/null 2>/dev/null | openssl x509']);
    const certificateIn = async () => Buffer.from((await secretOf('watched-server-cert')).data['tls.crt'], 'base64').toString().trim();

    test.each<[string, string[]]>([
      ['the server is deleted', ['delete', 'secret', 'watched-server-cert']],
      ['the server gets an invalid key', ['patch', 'secret', 'watched-server-cert', '--patch', '{"stringData":{"tls.key":"garbage"}}']],
    ])('of %s: cert-manager issues another certificate, which is served by the same pod', async (_, breaking) => {
      const [before, old] = [await pod('watched'), await certificateIn()];
      await kubectl(['--namespace', NAMESPACE, ...breaking]);
      await eventually('another certificate', 60, async () => { expect(await certificateIn()).not.toBe(old); }, NAMESPACE);
      await eventually('it on the wire', 150, async () => { expect((await served()).trim()).toBe(await certificateIn()); }, NAMESPACE);
      expect(await who()).toBe('postgres');
      expect((await pod('watched')).metadata.uid).toBe(before.metadata.uid);
    });

    test('of the server loses ca.crt: cert-manager does not see it, new pods that mount it wait, and a renewal brings it back', async () => {
      const patch = ['--namespace', NAMESPACE, 'patch', 'secret', 'watched-server-cert', '--type=json', '--patch'];
      await expect(kubectl([...patch, '[{"op":"remove","path":"/data/tls.key"}]'])).rejects.toThrow(/data\[tls.key\]: Required value/);
      await kubectl([...patch, '[{"op":"remove","path":"/data/ca.crt"}]']);
      const late = {
        apiVersion: 'v1', kind: 'Pod', metadata: { name: 'late', namespace: NAMESPACE },
        spec: {
          terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'late', image: IMAGE, command: ['sleep', 'infinity'], volumeMounts: [{ name: 'ca', mountPath: '/ca' }],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          }],
          volumes: [{ name: 'ca', secret: { secretName: 'watched-server-cert', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
        },
      };
      await kubectl(['apply', '--filename', '-'], JSON.stringify(late));
      await eventually('an event', 60, async () => {
        expect(await kubectl(['--namespace', NAMESPACE, 'get', 'events', '--output', 'jsonpath={.items[*].message}'])).toContain('references non-existent secret key: ca.crt');
      });
      expect(Object.keys((await secretOf('watched-server-cert')).data)).toEqual(['tls.crt', 'tls.key']);
      expect(await admin('watched', 'SELECT answer FROM kept')).toBe('42');
      await renew(NAMESPACE, 'watched-server-cert');
      await eventually('ca.crt', 60, async () => { expect(Object.keys((await secretOf('watched-server-cert')).data)).toContain('ca.crt'); }, NAMESPACE);
      await kubectl(['--namespace', NAMESPACE, 'wait', '--for=condition=Ready', 'pod/late', '--timeout=180s']);
      await kubectl(['--namespace', NAMESPACE, 'delete', 'pod', 'late', '--grace-period=0', '--force']);
      await eventually('a login', 150, who, NAMESPACE);
    });

    test('of the CA of the server is deleted: nothing happens until the next renewal, and then who trusts the old CA refuses the server', async () => {
      await kubectl(['--namespace', NAMESPACE, 'exec', 'scraper', '--', 'cp', '-L', '/tls/ca.crt', '/tmp/old-ca.crt']);
      const [old, uid] = [await certificateIn(), (await secretOf('watched-ca-key-pair')).metadata.uid];
      await kubectl(['--namespace', NAMESPACE, 'delete', 'secret', 'watched-ca-key-pair']);
      await eventually('another CA', 60, async () => { expect((await secretOf('watched-ca-key-pair')).metadata.uid).not.toBe(uid); }, NAMESPACE);
      expect([await certificateIn(), await who()]).toEqual([old, 'postgres']);
      await renew(NAMESPACE, 'watched-server-cert');
      await eventually('another certificate', 60, async () => { expect(await certificateIn()).not.toBe(old); }, NAMESPACE);
      await eventually('a refusal', 150, () => expect(psql(NAMESPACE, 'scraper', conninfo.replace('/tls/ca.crt', '/tmp/old-ca.crt'), 'SELECT 1')).rejects.toThrow(/certificate verify failed/), NAMESPACE);
      expect(await eventually('a login', 150, who, NAMESPACE)).toBe('postgres');
    });

    test('of the client CA is deleted: who has a certificate of the old CA is refused until the Secret is restored', async () => {
      const { metadata: { name, namespace, labels, annotations }, type, data } = await secretOf('watched-client-ca-key-pair');
      await kubectl(['--namespace', NAMESPACE, 'delete', 'secret', name]);
      try {
        await eventually('a refusal', 150, () => expect(who()).rejects.toThrow(/unknown ca/), NAMESPACE);
        // What PostgresMetricsIncomplete is for: no new connection is accepted, and pg_up shows only whether the open connection is alive.
        expect(await fetch()).not.toContain('pg_scrape_collector_success{');
      } finally {
        await kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels, annotations }, type, data }));
      }
      await eventually('a login', 150, who, NAMESPACE);
    });
  });

  test('a parameter that can be reloaded takes effect without a new pod', async () => {
    const before = await pod('watched');
    await watched({ parameters: { work_mem: '9MB' } });
    await eventually('work_mem', 150, async () => { expect(await admin('watched', 'SHOW work_mem')).toBe('9MB'); }, NAMESPACE);
    expect((await pod('watched')).metadata.uid).toBe(before.metadata.uid);
  });

  test('requires a certificate of the scraper where configured', async () => {
    const clientCertificate = Certificate.fromSecretName(chart(), 'scraper', 'watched-client-cert');
    await watched({ parameters: { work_mem: '9MB' }, monitor: PostgresMonitor.prometheus({ serviceMonitor: { clientCertificate } }) });
    await eventually('a refusal', 150, () => expect(fetch()).rejects.toThrow(/certificate required/), NAMESPACE);
    await ready('watched');
    expect(await fetch('-cert', '/tls/tls.crt', '-key', '/tls/tls.key')).toMatch(/^pg_up 1$/m);
  });

  test('one that needs a restart replaces the pod', async () => {
    const before = await pod('watched');
    await watched({ parameters: { wal_level: 'logical' } });
    await eventually('a new pod', 60, async () => { expect((await pod('watched')).metadata.uid).not.toBe(before.metadata.uid); });
    await ready('watched');
    expect(await admin('watched', 'SHOW wal_level')).toBe('logical');
    expect(await admin('watched', 'SELECT answer FROM kept')).toBe('42');
  });

  test('loses no acknowledged commit when its pod is killed under traffic', async () => {
    await admin('watched', 'CREATE TABLE traffic (id int PRIMARY KEY)');
    const conninfo = 'host=watched user=postgres dbname=postgres sslmode=verify-full sslrootcert=/tls/ca.crt sslcert=/tls/tls.crt sslkey=/tls/tls.key connect_timeout=2';
    const writer = 'i=0; while [ $i -lt 200 ]; do i=$((i + 1)); psql -X -q "$0" -c "INSERT INTO traffic VALUES ($i)" 2>/dev/null && echo $i || sleep 0.1; done';
    const writing = kubectl(['--namespace', NAMESPACE, 'exec', 'scraper', '--', 'sh', '-c', writer, conninfo]);
    await eventually('traffic', 30, async () => { expect(Number(await admin('watched', 'SELECT count(*) FROM traffic'))).toBeGreaterThan(20); });
    await kubectl(['--namespace', NAMESPACE, 'delete', 'pod', 'watched-0', '--grace-period=0', '--force']);
    const acknowledged = (await writing).trim().split('\n').map(Number);
    await ready('watched');
    const found = new Set((await admin('watched', 'SELECT id FROM traffic')).split('\n').map(Number));
    figures.push(`${acknowledged.length} acknowledged commits around a killed pod`);
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  });

  // No cluster lets a client restart its kubelet; RESTART_KUBELET names a command that can.
  const restartKubelet = process.env['RESTART_KUBELET'];
  if (restartKubelet === undefined) { process.stdout.write('RESTART_KUBELET names no command: the restart of a kubelet DID NOT RUN\n'); }
  (restartKubelet === undefined ? test.skip : test)('a restarted kubelet finds everything as it was, and renewals go on', async () => {
    const before = await pod('watched');
    execFileSync('bash', ['-c', restartKubelet!], { stdio: 'pipe', timeout: 120_000 });
    await ready('watched');
    const containers = ({ status }: ClusterObject) => status.containerStatuses.map(({ containerID }: ClusterObject) => containerID);
    expect(containers(await pod('watched'))).toEqual(containers(before));
    await watched({ parameters: { wal_level: 'logical', work_mem: '11MB' } });
    await eventually('work_mem', 150, async () => { expect(await admin('watched', 'SHOW work_mem')).toBe('11MB'); }, NAMESPACE);
    expect(await admin('watched', 'SELECT answer FROM kept')).toBe('42');
  });

  // Nothing in a pod can kill -9 a PID 1; KILL_CONTAINER names a command that can, else the process gets SIGQUIT or SIGTERM.
  const killContainer = process.env['KILL_CONTAINER'];
  const signalContainer = (id: string, signal: string) => execFileSync('bash', ['-c', `${killContainer} ${id.replace(/^.*:\/\//, '')} ${signal}`], { stdio: 'pipe', timeout: 60_000 });
  const kill = async (container: string, id: string): Promise<unknown> => (killContainer === undefined
    ? tryKubectl(['--namespace', NAMESPACE, 'exec', 'watched-0', '--container', container, '--', 'sh', '-c', container === 'postgres' ? 'kill -QUIT 1' : 'kill -TERM 1'])
    : signalContainer(id, 'SIGKILL'));
  const statusOf = async (container: string) => (await pod('watched')).status.containerStatuses.find(({ name }: ClusterObject) => name === container);

  test.each(['postgres', 'reloader', 'exporter'])(`comes back by itself when %s is killed${killContainer === undefined ? '' : ' with -9'}`, async (container) => {
    const { restartCount, containerID } = await statusOf(container);
    await kill(container, containerID);
    await eventually(`a restart of ${container}`, 120, async () => {
      const now = await statusOf(container);
      if (!now.ready || now.restartCount <= restartCount) { throw new Error(JSON.stringify(now.state)); }
    }, NAMESPACE);
    await ready('watched');
    expect(await admin('watched', 'SELECT answer FROM kept')).toBe('42');
  });

  // Within the container SIGSTOP does not reach process 1.
  if (killContainer === undefined) { process.stdout.write('KILL_CONTAINER names no command: a server that hangs DID NOT RUN\n'); }
  (killContainer === undefined ? test.skip : test)('a server that hangs is found, and started again with its rows', async () => {
    const { restartCount, containerID } = await statusOf('postgres');
    const began = Date.now();
    signalContainer(containerID, 'SIGSTOP');
    await eventually('a restart of the server', 240, async () => {
      const now = await statusOf('postgres');
      if (!now.ready || now.restartCount <= restartCount) { throw new Error(JSON.stringify(now)); }
    }, NAMESPACE);
    figures.push(`a server that hangs serves again after ${(Date.now() - began) / 1000} s`);
    await ready('watched');
    expect(await admin('watched', 'SELECT answer FROM kept')).toBe('42');
    const events = await kubectl(['--namespace', NAMESPACE, 'get', 'events', '--output', 'jsonpath={.items[*].message}']);
    expect(events).toContain('the server does not respond: it is down, or it hangs and the kubelet will restart it');
    await kubectl(['--namespace', NAMESPACE, 'exec', 'watched-0', '--container', 'postgres', '--', 'test', '!', '-e', '/var/run/postgresql/server.hangs']);
  });
});

describe('changing one\'s mind about TLS, on one database with its data', () => {
  const dbName = 'changing';
  const change = async (props: (all: Chart) => Partial<PostgresProps>) => {
    const all = chart();
    new Postgres(all, dbName, { ...BASE, storage: durable, ...props(all) });
    await apply(all);
    await ready(dbName);
    const { metadata } = await get(NAMESPACE, 'pod', `${dbName}-0`);
    return metadata.uid as string;
  };
  const host = `host=${dbName}.${NAMESPACE}.svc user=postgres dbname=postgres connect_timeout=10`;
  const verified = `${host} sslmode=verify-full sslrootcert=/tls/ca.crt`;
  const withCertificate = `${verified} sslcert=/tls/tls.crt sslkey=/tls/tls.key`;
  const answer = (conninfo: string) => psql(NAMESPACE, 'changer', conninfo, 'SELECT answer, ssl FROM kept, pg_stat_ssl WHERE pid = pg_backend_pid()');
  const comesIn = (conninfo: string, expected: string) => eventually(`a login by ${conninfo}`, 150, async () => { expect(await answer(conninfo)).toBe(expected); }, NAMESPACE);
  const ca = (all: Chart, name: string) => new CertificateAuthority(all, name).issuer;

  beforeAll(async () => {
    await kubectl(['--namespace', NAMESPACE, 'create', 'secret', 'generic', `${dbName}-auth`, '--from-literal=password=a password']);
    await change(() => ({ superuserAccess: SuperuserAccess.password() }));
    await admin(dbName, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await startClient('changer', dbName);
  });

  test('before: plaintext with the password', async () => {
    await comesIn(`${host} sslmode=disable`, '42|f');
  });

  test('a password that is taken out of its Secret stays as it is', async () => {
    await kubectl(['--namespace', NAMESPACE, 'patch', 'secret', `${dbName}-auth`, '--type=json', '--patch', '[{"op":"remove","path":"/data/password"}]']);
    await eventually('an event', 150, async () => {
      const events = await kubectl(['--namespace', NAMESPACE, 'get', 'events', '--field-selector', `involvedObject.name=${dbName}-0`, '--output', 'jsonpath={.items[*].message}']);
      expect(events).toContain('references non-existent secret key: password');
    }, NAMESPACE);
    expect(await answer(`${host} sslmode=disable`)).toBe('42|f');
    await kubectl(['--namespace', NAMESPACE, 'patch', 'secret', `${dbName}-auth`, '--patch', '{"stringData":{"password":"a password"}}']);
  });

  test('TLS is added: plaintext clients go on while it is on offer, verified ones come in', async () => {
    await change((all) => ({ sslMode: SslMode.PREFER, clientAuthMode: ClientAuthMode.SCRAM, superuserAccess: SuperuserAccess.password(), tls: { issuer: ca(all, 'first-ca') } }));
    await comesIn(`${host} sslmode=disable`, '42|f');
    await comesIn(verified, '42|t');
  });

  test('the mode is changed to certificates: passwords and plaintext are refused', async () => {
    await change((all) => ({ superuserAccess: SuperuserAccess.certificate(), tls: { issuer: ca(all, 'first-ca') } }));
    await comesIn(withCertificate, '42|t');
    await expect(answer(`${host} sslmode=disable`)).rejects.toThrow(/no encryption/);
    await expect(answer(`${verified} sslcert=/none sslkey=/none`)).rejects.toThrow(/requires a valid client certificate/);
  });

  test('the certificate gets another name, without a new pod', async () => {
    const tls = (dnsNames: string[]) => (all: Chart) => ({ superuserAccess: SuperuserAccess.certificate(), tls: { issuer: ca(all, 'first-ca'), certificates: { server: { dnsNames } } } });
    const before = await change(tls([]));
    expect(await change(tls(['db.example.com']))).toBe(before);
    const { spec } = await get(NAMESPACE, 'service', dbName);
    await comesIn(`${withCertificate.replace(/host=\S+/, 'host=db.example.com')} hostaddr=${spec.clusterIP}`, '42|t');
  });

  test('the issuer is changed, without a new pod: clients that trust the new one come in, with the certificate that they had', async () => {
    const before = (await pod(dbName)).metadata.uid;
    const inClient = (script: string) => kubectl(['--namespace', NAMESPACE, 'exec', 'changer', '--', 'sh', '-c', script]);
    await inClient('umask 077 && mkdir /tmp/old && cp -L /tls/*.* /tmp/old');
    const old = await inClient('cat /tls/ca.crt');
    const session = new OpenSession(NAMESPACE, 'changer', withCertificate);
    try {
      expect(await session.ask('SELECT answer FROM kept;')).toBe('42');
      expect(await change((all) => ({ superuserAccess: SuperuserAccess.certificate(), tls: { issuer: ca(all, 'second-ca') } }))).toBe(before);
      await eventually('the new CA in the client', 150, async () => { expect(await inClient('cat /tls/ca.crt')).not.toBe(old); });
      await comesIn(withCertificate, '42|t');
      expect(await session.ask('SELECT answer FROM kept;')).toBe('42');
    } finally {
      session.close();
    }
    await expect(answer(withCertificate.replaceAll('/tls/', '/tmp/old/'))).rejects.toThrow(/certificate verify failed/);
    expect(await answer(withCertificate.replace('/tls/tls.crt', '/tmp/old/tls.crt').replace('/tls/tls.key', '/tmp/old/tls.key'))).toBe('42|t');
  });

  test('TLS is removed: the password is enough again', async () => {
    await change(() => ({ superuserAccess: SuperuserAccess.password() }));
    await comesIn(`${host} sslmode=disable`, '42|f');
    await expect(answer(`${host} sslmode=require`)).rejects.toThrow(/does not support SSL/);
  });
});

describe('a change that the cluster cannot make', () => {
  const db = (image: string, size: Size, major = 18, parameters?: PostgresProps['parameters']) => {
    const all = chart();
    new Postgres(all, 'stuck', { ...BASE, version: PostgresVersion.of(major, image), storage: PostgresStorage.durable({ size }), parameters });
    return all;
  };

  beforeAll(async () => {
    await apply(db(IMAGE, Size.gibibytes(1)));
    await ready('stuck');
    await admin('stuck', 'CREATE TABLE kept AS SELECT 42 AS answer');
  });

  test('an image that does not exist holds the new pod back; a right image is enough to go on', async () => {
    await apply(db('docker.io/library/postgres:18.no-such-release', Size.gibibytes(1)));
    await eventually('a pod that waits', 60, async () => {
      const { initContainerStatuses } = (await pod('stuck')).status;
      expect(initContainerStatuses[0].state.waiting.reason).toMatch(/ErrImagePull|ImagePullBackOff/);
      expect(await statusOf('stuck')).toMatch(/^Init:(ErrImagePull|ImagePullBackOff)$/);
    }, NAMESPACE);
    await apply(db(IMAGE, Size.gibibytes(1)));
    await ready('stuck');
    expect(await admin('stuck', 'SELECT answer FROM kept')).toBe('42');
  });

  test('init refuses an image of another major: the status of the pod shows where, its message why', async () => {
    await apply(db('docker.io/library/postgres:17.10', Size.gibibytes(1), 17));
    await eventually('a refusal', 60, async () => {
      expect(await statusOf('stuck')).toMatch(/^Init:(Error|CrashLoopBackOff)$/);
      const { state, lastState } = (await pod('stuck')).status.initContainerStatuses[0];
      expect((state.terminated ?? lastState.terminated).message).toMatch(/^init: the data in \S+ was created by PostgreSQL 18, the manifest has PostgreSQL 17/);
    }, NAMESPACE);
    await apply(db(IMAGE, Size.gibibytes(1)));
    await ready('stuck');
    expect(await admin('stuck', 'SELECT answer FROM kept')).toBe('42');
  });

  test('a setting in postgresql.auto.conf that keeps the server from starting is removed as in docs/operations.md', async () => {
    await inPostgres('stuck', 'echo "shared_preload_libraries = \'no_such_library\'" >>/var/lib/postgresql/18/docker/postgresql.auto.conf');
    await kubectl(['--namespace', NAMESPACE, 'delete', 'pod', 'stuck-0']);
    await eventually('a pod that ends again and again', 60, async () => {
      const { state, lastState } = (await pod('stuck')).status.containerStatuses.find(({ name }: ClusterObject) => name === 'postgres');
      expect(state.waiting).toMatchObject({ reason: 'CrashLoopBackOff', message: expect.stringMatching(/^back-off 10s restarting failed container/) });
      expect(lastState.terminated.message).toMatch(/FATAL: .*could not access file "no_such_library"/);
    }, NAMESPACE);
    const looping = await pod('stuck');
    await kubectl(['--namespace', NAMESPACE, 'delete', 'pod', 'stuck-0']);
    await eventually('a new pod that has started without a wait', 60, async () => {
      const { metadata, status } = await pod('stuck');
      const { restartCount, lastState, state } = status.containerStatuses.find(({ name }: ClusterObject) => name === 'postgres');
      expect([metadata.uid === looping.metadata.uid, restartCount <= 1, (state.terminated ?? lastState.terminated) !== undefined]).toEqual([false, true, true]);
    }, NAMESPACE);
    const mine = (text: string) => text.replaceAll('NAMESPACE', NAMESPACE).replaceAll('NAME', 'stuck').replaceAll('IMAGE', IMAGE).replaceAll('SETTING', 'shared_preload_libraries');
    await apply(db(IMAGE, Size.gibibytes(1)));
    for (const command of mine(markedBlock(DOCS, 'commands: repair postgresql.auto.conf')).trim().split('\n')) {
      const [words, input] = command.includes('repair.yaml') ? [command.replace('repair.yaml', '-'), mine(markedBlock(DOCS, 'manifest: repair postgresql.auto.conf'))] : [command, undefined];
      await kubectl(words.replace(/^kubectl /, '').split(' '), input);
    }
    await ready('stuck');
    expect(await admin('stuck', 'SELECT answer FROM kept')).toBe('42');
  });

  test('another size of the volume is refused, what was applied before it is not; a StatefulSet made anew takes the running pod over', async () => {
    const before = await pod('stuck');
    const settings = async () => (await get(NAMESPACE, 'configmap', 'stuck-config')).data['postgresql.conf'];
    expect(await settings()).not.toContain("work_mem = '7MB'");
    await expect(apply(db(IMAGE, Size.gibibytes(2), 18, { work_mem: '7MB' }))).rejects.toThrow(/updates to statefulset spec for fields other than .* are forbidden/);
    expect(await settings()).toContain("work_mem = '7MB'");
    await kubectl(['--namespace', NAMESPACE, 'delete', 'statefulset', 'stuck', '--cascade=orphan']);
    await apply(db(IMAGE, Size.gibibytes(2)));
    await ready('stuck');
    const after = await pod('stuck');
    expect([after.metadata.uid, after.status.containerStatuses[0].containerID]).toEqual([before.metadata.uid, before.status.containerStatuses[0].containerID]);
  });
});

test('a pod that no node has room for is Pending, and an event names the resource', async () => {
  const all = chart();
  new Postgres(all, 'large', { ...BASE, resources: { ...SMALL, cpu: { request: Cpu.units(10_000) } } });
  await apply(all);
  await eventually('the reason', 60, async () => {
    expect(await statusOf('large')).toBe('Pending');
    const events = await kubectl(['--namespace', NAMESPACE, 'get', 'events', '--field-selector', 'reason=FailedScheduling,involvedObject.name=large-0', '--output', 'jsonpath={.items[*].message}']);
    expect(events).toContain('Insufficient cpu');
  }, NAMESPACE);
});

test('an issuer that does not exist holds the pod back, and an event names the missing Secret', async () => {
  const all = chart();
  new Postgres(all, 'waiting', { ...BASE, tls: { issuer: Issuer.fromIssuerName(all, 'missing', 'missing') } });
  await apply(all);
  await eventually('the reason', 60, async () => {
    const { status } = await get(NAMESPACE, 'pod', 'waiting-0');
    expect(status.phase).toBe('Pending');
    expect(await statusOf('waiting')).toBe('Init:0/1');
    expect(await kubectl(['--namespace', NAMESPACE, 'get', 'events', '--output', 'jsonpath={.items[*].message}'])).toContain('secret "waiting-server-cert" not found');
  }, NAMESPACE);
});
