import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { eventually, get, kubectl, tryKubectl } from './support/kubectl';
import { demandCluster, OWN, psql, startClient, untilReachable } from './support/playground';
import { Postgres } from '../../src';
import { markedBlock, REPOSITORY } from '../support/repository';

demandCluster();
jest.setTimeout(200_000);

// docs/kubedb.md, taking over the claim: from a volume as KubeDB's server leaves it to a database with TLS that has its rows and its roles.
const NAMESPACE = 'kd-claims';
const DOCUMENT = readFileSync(join(REPOSITORY, 'docs/kubedb.md'), 'utf8');
const inNamespace = (...words: string[]) => kubectl(['--namespace', NAMESPACE, ...words]);
const create = (object: object) => kubectl(['apply', '--filename', '-'], JSON.stringify(object));
const level = (value: string) => kubectl(['label', '--overwrite', 'namespace', NAMESPACE, `pod-security.kubernetes.io/enforce=${value}`]);

interface Taken {
  readonly name: string;
  readonly major: number;
  readonly version: string;
  /** UID of KubeDB's image: 70 on Alpine, 999 on Debian. */
  readonly uid: number;
  readonly clientAuthMode: 'md5' | 'scram';
  readonly command: string;
  readonly data: string;
  /** What a role with an MD5 password gets. */
  readonly ofMd5: string;
}

const TAKEN: readonly Taken[] = [
  { name: 'alpine', major: 18, version: '18.3', uid: 70, clientAuthMode: 'md5', command: 'claim of 18', data: '/var/lib/postgresql/18/docker', ofMd5: 't|TLSv1.3|42' },
  { name: 'debian', major: 17, version: '17.4-bookworm', uid: 999, clientAuthMode: 'scram', command: 'claim up to 17', data: '/var/lib/postgresql/data/pgdata', ofMd5: 'password authentication failed for user "old"' },
];

/** KubeDB's server: its UID, its data directory on the volume, its settings, roles with both kinds of password, a slot of a standby, and the stop of its preStop hook. */
function kubeDbServer({ name, major, uid }: Taken): object {
  const script = [
    'initdb --pgdata=/var/pv/data --username=postgres --encoding=UTF8 --locale=C --auth=trust',
    "printf '%s\\n' 'wal_level = replica' 'max_wal_senders = 90' 'max_replication_slots = 90' 'wal_log_hints = on' 'archive_mode = always' \"archive_command = 'exit 0'\" >>/var/pv/data/postgresql.conf",
    "printf 'local all all trust\\n' >/var/pv/data/pg_hba.conf",
    'pg_ctl --pgdata=/var/pv/data --wait --options="-c unix_socket_directories=/tmp" start',
    'psql --host=/tmp --username=postgres --set=ON_ERROR_STOP=1 <<"SQL"',
    "SET password_encryption = 'md5'; CREATE ROLE old LOGIN PASSWORD 'old-secret';",
    "SET password_encryption = 'scram-sha-256'; CREATE ROLE new LOGIN PASSWORD 'new-secret'; ALTER ROLE postgres PASSWORD 'of KubeDB';",
    'CREATE TABLE kept AS SELECT 42 AS answer; CREATE INDEX ON kept ((answer::text)); GRANT SELECT ON kept TO old, new;',
    "SELECT pg_create_physical_replication_slot('pg1', true);",
    "ALTER SYSTEM SET work_mem = '7MB';",
    // Step 2 of docs/kubedb.md, which the other database shows without.
    ...(uid === 70 ? [] : ['ALTER SYSTEM RESET ALL;']),
    'SQL',
    'pg_ctl --pgdata=/var/pv/data --mode=immediate --wait stop',
  ].join('\n');
  return {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: `kubedb-${name}`, namespace: NAMESPACE },
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never', automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: uid, runAsGroup: uid, fsGroup: uid, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'postgres', image: `docker.io/library/postgres:${major}`, command: ['sh', '-euxc', script], securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            volumeMounts: [{ name: 'data', mountPath: '/var/pv' }, { name: 'users', mountPath: '/etc/passwd', subPath: 'passwd' }],
          }],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `data-${name}-0` } }, { name: 'users', configMap: { name: `users-${uid}` } }],
        },
      },
    },
  };
}

const yamlOf = ({ name, version, clientAuthMode }: Taken) => `
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: own-ca, namespace: ${NAMESPACE} }
spec: { selfSigned: {} }
---
apiVersion: kubedb.com/v1
kind: Postgres
metadata: { name: ${name}, namespace: ${NAMESPACE} }
spec:
  version: "${version}"
  clientAuthMode: ${clientAuthMode}
  sslMode: verify-full
  tls: { issuerRef: { kind: Issuer, name: own-ca } }
  storage: { resources: { requests: { storage: 1Gi } } }
`;

async function apply(taken: Taken): Promise<void> {
  const chart = new Chart(new App(), 'taken', { namespace: NAMESPACE });
  Postgres.fromKubeDb(chart, taken.name, yamlOf(taken));
  const { code, stderr } = await tryKubectl(['apply', '--validate=strict', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Testing.synth(chart) }));
  // The claim exists before the StatefulSet, which adopts it as it is.
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

/** The pod of docs/kubedb.md. */
async function move({ name, command }: Taken): Promise<void> {
  const commands = markedBlock(DOCUMENT, `command: ${command}`).trim().split('\n').join('\n      ');
  await kubectl(['apply', '--filename', '-'], markedBlock(DOCUMENT, 'manifest: mover').replace('namespace: demo', `namespace: ${NAMESPACE}`).replace('COMMAND', commands).replace('data-NAME-0', `data-${name}-0`));
  await inNamespace('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/mover', '--timeout=60s');
  await inNamespace('delete', 'pod', 'mover');
}

const inPod = (name: string, sql: string) => inNamespace('exec', `${name}-0`, '--container', 'reloader', '--', 'psql', '-XAtqc', sql).then((answer) => answer.trim());

/** A setting of ALTER SYSTEM that was left keeps the pod from being ready, until it is removed from the file. */
async function removeSetting({ name, data }: Taken): Promise<void> {
  await eventually('the line of the reloader', 60, async () => {
    expect(await inNamespace('logs', `${name}-0`, '--container', 'reloader')).toContain('postgresql.auto.conf on the data volume overrides the manifest: work_mem');
  }, NAMESPACE);
  expect((await get(NAMESPACE, 'statefulset', name)).status.readyReplicas ?? 0).toBe(0);
  await inNamespace('exec', `${name}-0`, '--container', 'postgres', '--', 'sed', '-i', '/^work_mem /d', `${data}/postgresql.auto.conf`);
  await inPod(name, 'SELECT pg_reload_conf()');
}


beforeAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  await kubectl(['label', 'namespace', NAMESPACE, OWN]);
  for (const { name, uid } of TAKEN) {
    await create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `users-${uid}`, namespace: NAMESPACE }, data: { passwd: `postgres:x:${uid}:${uid}::/var/pv:/bin/sh\n` } });
    await inNamespace('create', 'secret', 'generic', `${name}-auth`, '--type=kubernetes.io/basic-auth', '--from-literal=username=postgres', '--from-literal=password=of KubeDB');
    await create({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: `data-${name}-0`, namespace: NAMESPACE }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } });
  }
  for (const taken of TAKEN) { await create(kubeDbServer(taken)); }
  for (const { name } of TAKEN) {
    await eventually(`a volume of KubeDB's layout for ${name}`, 90, () => inNamespace('wait', '--for=condition=Complete', `job/kubedb-${name}`, '--timeout=10s'), NAMESPACE);
    await inNamespace('delete', 'job', `kubedb-${name}`);
  }
}, 200_000);

afterAll(async () => { await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']); }, 200_000);

test('before the directory is moved, init refuses the volume by its name, and the files stay', async () => {
  const [alpine] = TAKEN;
  await level('restricted');
  await apply(alpine!);
  await eventually('the refusal', 90, async () => {
    expect(await inNamespace('logs', 'alpine-0', '--container', 'init')).toMatch(/the data directory is \/var\/lib\/postgresql\/data, but the manifest expects it at \/var\/lib\/postgresql\/18\/docker: move it there/);
  }, NAMESPACE);
  await inNamespace('scale', 'statefulset/alpine', '--replicas=0');
  await inNamespace('wait', '--for=delete', 'pod/alpine-0', '--timeout=60s');
});

describe.each(TAKEN)('a volume of PostgreSQL $version, UID $uid, $clientAuthMode', (taken) => {
  const { name, data, ofMd5 } = taken;
  const ask = async (user: string, password: string, sql = 'SELECT ssl, version, answer FROM pg_stat_ssl, kept WHERE pid = pg_backend_pid()') => {
    try {
      return await psql(NAMESPACE, `client-of-${name}`, `host=${name} user=${user} dbname=postgres sslmode=verify-full sslrootcert=/tls/ca.crt sslcert=/none connect_timeout=10`, sql, { PGPASSWORD: password });
    } catch (error) {
      return /password authentication failed for user "\w+"/.exec((error as Error).message)?.[0] ?? (error as Error).message;
    }
  };
  let claim: string;

  beforeAll(async () => {
    claim = (await get(NAMESPACE, 'persistentvolumeclaim', `data-${name}-0`)).metadata.uid;
    await level('baseline');
    await move(taken);
    await level('restricted');
    await apply(taken);
    if (taken.uid === 70) { await removeSetting(taken); }
    await eventually(`readiness of ${name}`, 120, async () => {
      const { metadata, status } = await get(NAMESPACE, 'statefulset', name);
      if (status.observedGeneration !== metadata.generation || status.readyReplicas !== 1) { throw new Error(`${name} is not ready`); }
    }, NAMESPACE);
    await startClient({ namespace: NAMESPACE, name: `client-of-${name}`, image: `docker.io/library/postgres:${taken.major}`, db: name });
    await untilReachable(NAMESPACE, `client-of-${name}`, name);
  });

  test('the claim is the same, and has been recovered in place', async () => {
    expect((await get(NAMESPACE, 'persistentvolumeclaim', `data-${name}-0`)).metadata.uid).toBe(claim);
    expect(await inPod(name, 'SHOW data_directory')).toBe(data);
    expect(await inNamespace('logs', `${name}-0`, '--container', 'postgres')).toContain('database system was not properly shut down; automatic recovery in progress');
    expect((await get(NAMESPACE, 'pod', `${name}-0`)).status.containerStatuses.map(({ restartCount }: { readonly restartCount: number }) => restartCount)).toEqual([0, 0]);
  });

  test('rows, roles and passwords are there, over TLS', async () => {
    expect(await ask('new', 'new-secret')).toBe('t|TLSv1.3|42');
    expect(await ask('postgres', 'of KubeDB')).toBe('t|TLSv1.3|42');
    expect(await ask('old', 'old-secret')).toBe(ofMd5);
    expect(await ask('new', 'wrong')).toBe('password authentication failed for user "new"');
  });

  test("KubeDB's configuration is not read any more", async () => {
    await eventually('the setting without ALTER SYSTEM', 30, async () => { expect(await inPod(name, 'SHOW work_mem')).toBe('4MB'); }, NAMESPACE);
    expect(await inPod(name, "SELECT setting FROM pg_settings WHERE name IN ('archive_mode', 'max_wal_senders') ORDER BY name")).toBe('off\n10');
  });

  test('the slots of standbys are removed, and the indexes rebuilt', async () => {
    expect(await inPod(name, 'SELECT slot_name FROM pg_replication_slots')).toBe('pg1');
    for (const command of markedBlock(DOCUMENT, 'commands: after the claim').trim().split('\n')) {
      const [, words, sql] = /^kubectl (.*?)(?: "(.*)")?$/.exec(command.replace('NAME', name))!;
      await inNamespace(...words!.split(' '), ...(sql === undefined ? [] : [sql]));
    }
    expect(await inPod(name, 'SELECT count(*) FROM pg_replication_slots')).toBe('0');
    expect(await ask('new', 'new-secret')).toBe('t|TLSv1.3|42');
  });
});
