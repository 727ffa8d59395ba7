import { ApiObject, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { eventually, get, kubectl, tryKubectl } from './support/kubectl';
import { demandCluster } from './support/playground';
import { CertificateAuthority, DeletionPolicy, Postgres, PostgresProps, PostgresStorage, PostgresVersion } from '../../src';
import { chartIn } from '../support/tree';

// The consequences in the rules about changes (PGTLS-S…), for databases with rows, and that their fixes keep the rows.

demandCluster();
jest.setTimeout(300_000);

const NAMESPACE = 'cdk8s-postgres-tls-changes';
const OWN = 'cdk8s-postgres-tls.test/owned=true';
const BASE: PostgresProps = {
  version: PostgresVersion.V18,
  resources: { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(192), limit: Size.mebibytes(192) } },
  storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
};

/** A database, with changes of its properties and of its StatefulSet. */
function database(name: string, change: Partial<PostgresProps> = {}, ...patches: JsonPatch[]): Chart {
  const chart = chartIn(NAMESPACE);
  const { issuer } = new CertificateAuthority(chart, 'changes-ca');
  ApiObject.of(new Postgres(chart, name, { ...BASE, tls: { issuer }, ...change })).addJsonPatch(...patches);
  return chart;
}

const apply = (chart: Chart) => kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Testing.synth(chart) }));
const inNamespace = (...words: string[]) => kubectl(['--namespace', NAMESPACE, ...words]);
const psql = (name: string, sql: string) => inNamespace('exec', `${name}-0`, '--container', 'reloader', '--', 'psql', '-XAtqc', sql).then((answer) => answer.trim());
const claimOf = (name: string) => get(NAMESPACE, 'persistentvolumeclaim', `data-${name}-0`).then(({ metadata }) => metadata.uid as string);

function ready(name: string): Promise<void> {
  return eventually(`readiness of ${name}`, 240, async () => {
    const { metadata, spec, status } = await get(NAMESPACE, 'statefulset', name);
    const isReady = status.observedGeneration === metadata.generation && status.readyReplicas === spec.replicas && status.currentRevision === status.updateRevision;
    if (!isReady) { throw new Error(`${name} is not ready`); }
  }, NAMESPACE);
}

async function withRow(name: string, change: Partial<PostgresProps> = {}): Promise<void> {
  await apply(database(name, change));
  await ready(name);
  await psql(name, 'CREATE TABLE kept AS SELECT 42 AS answer');
}

beforeAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  await kubectl(['label', 'namespace', NAMESPACE, OWN, 'pod-security.kubernetes.io/enforce=restricted']);
}, 200_000);

afterAll(async () => { await tryKubectl(['delete', 'namespace', NAMESPACE, '--wait', '--timeout=150s']); }, 200_000);

test('PGTLS-S16: with another selector, the new StatefulSet waits until the old pod is gone and then has the rows, also with whenDeleted Delete', async () => {
  const deleted = { deletionPolicy: DeletionPolicy.DELETE };
  await withRow('selected', deleted);
  const claim = await claimOf('selected');
  const { metadata: { uid } } = await get(NAMESPACE, 'pod', 'selected-0');
  const another = database('selected', deleted, JsonPatch.add('/spec/selector/matchLabels/more', 'yes'), JsonPatch.add('/spec/template/metadata/labels/more', 'yes'));
  await expect(apply(another)).rejects.toThrow(/updates to statefulset spec for fields other than .* are forbidden/);

  await inNamespace('delete', 'statefulset', 'selected', '--cascade=orphan');
  await apply(another);
  await eventually('a StatefulSet that has looked', 60, async () => {
    const { metadata, status } = await get(NAMESPACE, 'statefulset', 'selected');
    if (status.observedGeneration !== metadata.generation || (status.readyReplicas ?? 0) !== 0) { throw new Error('not yet'); }
  });
  expect((await get(NAMESPACE, 'pod', 'selected-0')).metadata.uid).toBe(uid);

  await inNamespace('delete', 'pod', 'selected-0');
  await ready('selected');
  expect(await psql('selected', 'SELECT answer FROM kept')).toBe('42');
  expect(await claimOf('selected')).toBe(claim);
});

test('PGTLS-S06: made ephemeral, a database is empty, and its rows are on the claim that nothing uses', async () => {
  await withRow('emptied');
  const claim = await claimOf('emptied');
  const ephemeral = database('emptied', { storage: PostgresStorage.ephemeral() });
  await expect(apply(ephemeral)).rejects.toThrow(/forbidden/i);
  await inNamespace('delete', 'statefulset', 'emptied');
  await apply(ephemeral);
  await ready('emptied');
  expect(await psql('emptied', "SELECT to_regclass('kept') IS NULL")).toBe('t');
  expect(await claimOf('emptied')).toBe(claim);

  await inNamespace('delete', 'statefulset', 'emptied');
  await apply(database('emptied'));
  await ready('emptied');
  expect(await psql('emptied', 'SELECT answer FROM kept')).toBe('42');
});

test('PGTLS-S04: under another name a database is empty, and the claim of the old one stays', async () => {
  await withRow('named');
  await inNamespace('delete', 'statefulset', 'named');
  await apply(database('renamed'));
  await ready('renamed');
  expect(await psql('renamed', "SELECT to_regclass('kept') IS NULL")).toBe('t');
  await claimOf('named');

  await inNamespace('delete', 'statefulset', 'renamed');
  await apply(database('named'));
  await ready('named');
  expect(await psql('named', 'SELECT answer FROM kept')).toBe('42');
});

describe('PGTLS-S09 and PGTLS-S10: the log is moved by hand, as in docs/operations.md', () => {
  const PGDATA = '/var/lib/postgresql/18/docker';
  const LOG = '/var/lib/postgresql-wal/18';
  const withLog = { storage: PostgresStorage.durable({ size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } }) };

  beforeAll(() => withRow('logged'));

  /** Stops the server, runs a script where both volumes are mounted, and makes the StatefulSet again. */
  async function move(script: string, then: Chart): Promise<void> {
    await psql('logged', 'INSERT INTO kept VALUES (43)');
    await inNamespace('scale', 'statefulset', 'logged', '--replicas=0');
    await inNamespace('wait', '--for=delete', 'pod/logged-0', '--timeout=120s');
    await kubectl(['apply', '--filename', '-'], JSON.stringify(mover(script)));
    await inNamespace('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/mover', '--timeout=120s');
    await inNamespace('delete', 'pod', 'mover');
    await inNamespace('delete', 'statefulset', 'logged', '--cascade=orphan');
    await apply(then);
    await ready('logged');
  }

  const mover = (script: string) => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'mover', namespace: NAMESPACE },
    spec: {
      restartPolicy: 'Never', automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, fsGroup: 999, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'mover', image: PostgresVersion.V18.image, command: ['sh', '-euxc', script],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql' }, { name: 'wal', mountPath: '/var/lib/postgresql-wal' }],
      }],
      volumes: ['data', 'wal'].map((name) => ({ name, persistentVolumeClaim: { claimName: `${name}-logged-0` } })),
    },
  });

  test('to a volume of its own', async () => {
    await kubectl(['apply', '--filename', '-'], JSON.stringify({
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'wal-logged-0', namespace: NAMESPACE },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }));
    await move(`mkdir -p ${LOG}; mv ${PGDATA}/pg_wal ${LOG}/pg_wal; ln -s ${LOG}/pg_wal ${PGDATA}/pg_wal`, database('logged', withLog));
    expect(await psql('logged', 'SELECT count(*) FROM kept')).toBe('2');
  });

  test('and back', async () => {
    await move(`rm ${PGDATA}/pg_wal; mv ${LOG}/pg_wal ${PGDATA}/pg_wal`, database('logged'));
    expect(await psql('logged', 'SELECT count(*) FROM kept')).toBe('3');
  });
});
