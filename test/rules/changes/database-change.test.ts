import { App, Chart, Size } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import {
  CertificateAuthority, ChangeConsent, ClientAuthMode, CommittedManifests, DatabaseLocale, DeletionPolicy, InitScripts, Postgres,
  PostgresProps, PostgresStorage, PostgresVersion, Severity, SslMode, Validation, VolumeDataSource,
} from '../../../src';
import { changed, changedManifests, chartOf, Program, severityAndCode } from '../../support/changes';

const GIBIBYTE = Size.gibibytes(1);
const durable = PostgresStorage.durable({ size: GIBIBYTE });
const BASE: PostgresProps = { version: PostgresVersion.V18, storage: durable };

/** A database `orders` in the namespace `shop`, with changes. */
const orders = (change: Partial<PostgresProps> = {}, id = 'orders', namespace = 'shop'): Program => (app) => new Postgres(chartOf(app, namespace), id, { ...BASE, ...change });
const nothing: Program = (app) => chartOf(app, 'shop');
const all = (...programs: Program[]): Program => (app) => {
  for (const [index, program] of programs.entries()) { program(new SubApp(app, index) as unknown as App); }
};

/** Programs that make charts of the same id live side by side. */
class SubApp extends Chart {
  public constructor(app: App, index: number) { super(app, `part-${index}`); }
}

const storage = (options: object) => ({ storage: PostgresStorage.durable({ size: GIBIBYTE, ...options }) });
const wal = storage({ wal: { size: GIBIBYTE } });
const ephemeral = { storage: PostgresStorage.ephemeral() };

describe('one change, one finding', () => {
  test.each<[string, Program, Program, string]>([
    ['nothing changes', orders(), orders(), ''],
    ['the database is removed', orders(), nothing, 'error PGTLS-S03'],
    ['its construct has another id', orders(), orders({}, 'orders-db'), 'error PGTLS-S04'],
    ['the id changes and the name stays', orders(), orders({ metadata: { name: 'orders' } }, 'OrdersDb'), ''],
    ['it has another namespace', orders(), orders({}, 'orders', 'store'), 'error PGTLS-S05'],
    ['it has another name and namespace', orders(), orders({}, 'orders-db', 'store'), 'error PGTLS-S05'],
    ['durable storage becomes ephemeral', orders(), orders(ephemeral), 'error PGTLS-S06'],
    ['durable storage with a volume for the log becomes ephemeral', orders(wal), orders(ephemeral), 'error PGTLS-S06'],
    ['ephemeral storage becomes durable', orders(ephemeral), orders(), 'warning PGTLS-S07'],
    ['ephemeral storage becomes durable, with a volume for the log', orders(ephemeral), orders(wal), 'warning PGTLS-S07'],
    ['Halt becomes Delete', orders(), orders({ deletionPolicy: DeletionPolicy.DELETE }), 'error PGTLS-S08'],
    ['Halt that is set becomes Delete', orders({ deletionPolicy: DeletionPolicy.HALT }), orders({ deletionPolicy: DeletionPolicy.DELETE }), 'error PGTLS-S08'],
    ['Delete becomes Halt', orders({ deletionPolicy: DeletionPolicy.DELETE }), orders(), ''],
    ['the log gets a volume', orders(), orders(wal), 'error PGTLS-S09'],
    ['the log loses its volume', orders(wal), orders(), 'error PGTLS-S10'],
    ['the major goes up, to the same path', orders({ version: PostgresVersion.V16 }), orders({ version: PostgresVersion.V17 }), 'error PGTLS-S13'],
    ['the major goes up, to another path', orders({ version: PostgresVersion.V17 }), orders(), 'error PGTLS-S13'],
    ['the major goes down', orders(), orders({ version: PostgresVersion.V14 }), 'error PGTLS-S13'],
    ['the major changes, and the log has its volume', orders({ ...wal, version: PostgresVersion.V17 }), orders(wal), 'error PGTLS-S13'],
    ['the image changes and not the major', orders(), orders({ version: PostgresVersion.of(18, 'docker.io/library/postgres:18.3') }), ''],
    ['the major of an ephemeral database', orders({ ...ephemeral, version: PostgresVersion.V17 }), orders(ephemeral), ''],
    ['an ephemeral database is removed', orders(ephemeral), nothing, ''],
    ['the volume has a snapshot to begin with', orders(), orders(storage({ dataSource: VolumeDataSource.volumeSnapshot('yesterday') })), 'warning PGTLS-S15'],
    ['the volume has another class', orders(), orders(storage({ storageClassName: 'fast' })), 'warning PGTLS-S02'],
    ['the volume grows', orders(), orders({ storage: PostgresStorage.durable({ size: Size.gibibytes(2) }) }), 'warning PGTLS-S02'],
    ['the volume shrinks', orders(), orders({ storage: PostgresStorage.durable({ size: Size.mebibytes(512) }) }), 'error PGTLS-S01'],
    ['another encoding', orders(), orders({ init: { encoding: 'LATIN1', locale: DatabaseLocale.libc('C') } }), 'warning PGTLS-S12'],
    ['another locale', orders(), orders({ init: { locale: DatabaseLocale.libc('C') } }), 'warning PGTLS-S12'],
    ['no checksums', orders(), orders({ init: { dataChecksums: false } }), 'warning PGTLS-S12'],
    ['another initialisation of an ephemeral database', orders(ephemeral), orders({ ...ephemeral, init: { dataChecksums: false } }), ''],
  ])('%s', (_, before, after, expected) => {
    expect(severityAndCode(changed(before, after)).join()).toBe(expected);
  });

  test('every change of the major version has its finding', () => {
    const { V14, V15, V16, V17, V18 } = PostgresVersion;
    const majors = [V14, V15, V16, V17, V18];
    for (const from of majors) {
      for (const to of majors) { expect(severityAndCode(changed(orders({ version: from }), orders({ version: to })))).toEqual(from === to ? [] : ['error PGTLS-S13']); }
    }
  });

  test('several databases have a finding each', () => {
    const found = changed(
      all(orders(), orders({}, 'billing'), orders({}, 'stock', 'store')),
      all(orders({}, 'orders-db'), orders({ version: PostgresVersion.V17 }, 'billing'), orders({}, 'stock', 'warehouse')),
    );
    expect(severityAndCode(found).sort()).toEqual(['error PGTLS-S04', 'error PGTLS-S05', 'error PGTLS-S13']);
  });

  test('a renamed database is the removed one with the most similar manifests', () => {
    const found = changed(
      all(orders({ version: PostgresVersion.V16 }, 'a'), orders({}, 'b')),
      all(orders({}, 'c'), orders({ version: PostgresVersion.V16 }, 'd')),
    );
    expect(found.map(({ message }) => message.match(/'(\w)' in namespace.* StatefulSet '(\w)' is new/)!.slice(1))).toEqual([['b', 'c'], ['a', 'd']]);
  });

  test('init scripts: another ConfigMap, and another text in it', () => {
    const scripted = (name: string, text: string): Program => (app) => {
      const chart = chartOf(app, 'shop');
      const scripts = new ConfigMap(chart, 'scripts', { metadata: { name }, data: { 'a.sql': text } });
      new Postgres(chart, 'orders', { ...BASE, init: { scripts: InitScripts.fromConfigMap(scripts) } });
    };
    for (const after of [scripted('scripts', 'SELECT 2'), scripted('other', 'SELECT 1'), orders()]) {
      const found = changed(scripted('scripts', 'SELECT 1'), after);
      expect(found).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-S12' }), message: expect.stringMatching(/is initialized with another set of init scripts: this has no effect/) })]);
    }
  });

  test('TLS', () => {
    const secured: Program = (app) => {
      const chart = chartOf(app, 'shop');
      const { issuer } = new CertificateAuthority(chart, 'ca');
      new Postgres(chart, 'orders', { ...BASE, sslMode: SslMode.PREFER, clientAuthMode: ClientAuthMode.SCRAM, tls: { issuer } });
    };
    expect(severityAndCode(changed(secured, orders()))).toEqual(['warning PGTLS-S11']);
    expect(severityAndCode(changed(orders(), secured))).toEqual([]);
  });
});

test('messages have the consequence, the place and the fix', () => {
  const [renamed] = changed(orders(wal), orders(wal, 'orders-db'));
  expect(renamed).toMatchObject({ location: { path: 'chart-shop/orders-db' }, severity: Severity.ERROR });
  expect(renamed!.message).toBe("StatefulSet 'orders' in namespace 'shop' is currently applied and is no longer in the app, and StatefulSet 'orders-db' is new: the new database starts empty, and its volume claims 'data-orders-0' and "
    + "'wal-orders-0' remain unused; keep the name (set metadata.name if only the construct id changes); to rename the database, run both for a while and copy the data with a dump; to make the "
    + "change anyway, add the consent ChangeConsent.databaseRenamed('shop', 'orders', 'orders-db', reason)");
  const [removed] = changed(orders({ deletionPolicy: DeletionPolicy.DELETE }), nothing);
  expect(removed).toMatchObject({ location: { path: 'chart-shop' }, message: expect.stringContaining("its volume claim 'data-orders-0', with all data, is deleted with it (whenDeleted Delete)") });
  expect(changed(orders(), (app) => chartOf(app, 'elsewhere'))).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-S03' }), location: expect.objectContaining({ path: '' }) })]);
});

describe('a consent', () => {
  const removed = ChangeConsent.databaseRemoved('shop', 'orders', 'dump of 2026-11-25 in the archive');

  test.each<[string, Program, Program, ChangeConsent]>([
    ['removed', orders(), nothing, removed],
    ['renamed', orders(), orders({}, 'orders-db'), ChangeConsent.databaseRenamed('shop', 'orders', 'orders-db', 'copied')],
    ['renamed, as removed', orders(), orders({}, 'orders-db'), removed],
    ['moved', orders(), orders({}, 'orders', 'store'), ChangeConsent.databaseMoved('shop', 'orders', 'store', 'copied')],
    ['made ephemeral', orders(), orders(ephemeral), ChangeConsent.storageMadeEphemeral('shop', 'orders', 'a test')],
    ['deleted with the database', orders(), orders({ deletionPolicy: DeletionPolicy.DELETE }), ChangeConsent.claimsDeletedWithDatabase('shop', 'orders', 'a test')],
    ['the log moved out', orders(), orders(wal), ChangeConsent.walRelocated('shop', 'orders', 'moved by hand')],
    ['the log moved in', orders(wal), orders(), ChangeConsent.walRelocated('shop', 'orders', 'moved by hand')],
    ['another major', orders({ version: PostgresVersion.V17 }), orders(), ChangeConsent.majorUpgraded('shop', 'orders', 'pg_upgrade done')],
  ])('lets exactly its change pass, and is listed with its reason: %s', (_, before, after, consent) => {
    expect(changed(before, after)).toMatchObject([{ severity: Severity.ERROR }]);
    expect(changed(before, after, [consent])).toEqual([expect.objectContaining({ severity: Severity.WARNING, acknowledged: consent.reason })]);
    const app = new App();
    after(app);
    Validation.of(app).configure({ committed: committedBy(before), consents: [consent], warningsAsErrors: true });
    expect(() => { app.synthYaml(); }).not.toThrow();
  });

  test.each<[string, ChangeConsent]>([
    ['another database', ChangeConsent.databaseRemoved('shop', 'order', 'why')],
    ['another namespace', ChangeConsent.databaseRemoved('store', 'orders', 'why')],
    ['another kind of loss', ChangeConsent.storageMadeEphemeral('shop', 'orders', 'why')],
    ['another new name', ChangeConsent.databaseRenamed('shop', 'orders', 'orders-2', 'why')],
  ])('for %s lets nothing pass, and is reported', (_, consent) => {
    expect(severityAndCode(changed(orders(), orders({}, 'orders-db'), [consent]))).toEqual(['error PGTLS-S04', 'warning PGTLS-S29']);
  });

  test('that has no further effect is reported once the change is applied', () => {
    expect(changed(nothingBut('billing'), nothingBut('billing'), [removed])).toEqual([expect.objectContaining({
      rule: expect.objectContaining({ code: 'PGTLS-S29' }), location: { path: 'chart-shop' }, message: expect.stringContaining("ChangeConsent.databaseRemoved('shop', 'orders') (dump of 2026-11-25 in the archive) matches no change; remove the consent"),
    })]);
  });

  test('without anything to compare with is reported', () => {
    const app = new App();
    orders()(app);
    Validation.of(app).configure({ consents: [removed] });
    expect(Validation.of(app).findings()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-S29' }), message: expect.stringContaining('committed is not given') })]);
  });

  test('is not an acknowledgement, and an acknowledgement is not a consent', () => {
    const app = new App();
    nothingBut('billing')(app);
    Validation.of(app).configure({ committed: committedBy(orders()) });
    expect(() => { Validation.of(app).acknowledge('PGTLS-S04', 'as any warning'); })
      .toThrow('PGTLS-S04 is an error, only warnings can be acknowledged; fix the reported fault, or add the ChangeConsent that the message names');
    expect(Validation.of(app).findings()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-S04' }), severity: Severity.ERROR, acknowledged: undefined })]);
    expect(() => { app.synthYaml(); }).toThrow('PGTLS-S04');
  });

  test('may be given in several calls', () => {
    const app = new App();
    orders(ephemeral)(app);
    Validation.of(app).configure({ committed: committedBy(all(orders(), orders({}, 'billing', 'store'))), consents: [ChangeConsent.storageMadeEphemeral('shop', 'orders', 'a test')] });
    Validation.of(app).configure({ consents: [ChangeConsent.databaseRemoved('store', 'billing', 'gone')] });
    expect(Validation.of(app).findings().map(({ acknowledged }) => acknowledged).sort()).toEqual(['a test', 'gone']);
  });

  test('needs a reason', () => {
    expect(() => ChangeConsent.databaseRemoved('shop', 'orders', ' ')).toThrow("ChangeConsent.databaseRemoved for 'orders' in namespace 'shop' needs a reason, got an empty one; explain why the change is correct");
    expect(() => ChangeConsent.databaseRemoved('shop', 'orders', undefined as unknown as string)).toThrow('reason is missing');
  });

  test('must be a ChangeConsent', () => {
    const app = new App();
    expect(() => { Validation.of(app).configure({ consents: [{ namespace: 'shop' } as unknown as ChangeConsent] }); }).toThrow('consents[0] is an object with namespace; give a ChangeConsent, for example ChangeConsent.databaseRemoved()');
  });
});

describe('manifests of other origin', () => {
  const statefulSet = (pod: object, spec: object = {}, metadata: object = {}) => ({
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', namespace: 'shop', ...metadata },
    spec: {
      serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template: { metadata: { labels: { app: 'db' } }, spec: pod },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }], ...spec,
    },
  });
  const official = (tag: string, container: object = {}, pod: object = {}) => ({
    containers: [{ name: 'postgres', image: `postgres:${tag}`, volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql/data' }], ...container }], ...pod,
  });
  const pvc = (name: string) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'shop' } });
  const password = (name: string) => ({ env: [{ name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name, key: 'password' } } }] });
  const unknown = { containers: [{ name: 'db', image: 'registry.example.com/store:1', env: [{ name: 'PGDATA', value: '/store/data' }], volumeMounts: [{ name: 'data', mountPath: '/store' }] }] };
  const redis = { containers: [{ name: 'db', image: 'redis:7', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] };
  const anotherClaim = { volumeClaimTemplates: [{ metadata: { name: 'pgdata' }, spec: { resources: { requests: { storage: '1Gi' } } } }] };
  const inPod = (volume: object) => ({ volumes: [{ name: 'data', ...volume }] });
  const deployment = (volume: object, tag = '17') => ({ ...statefulSet(official(tag, {}, inPod(volume)), { volumeClaimTemplates: undefined }), kind: 'Deployment' });

  test.each<[string, object[], object[], string]>([
    ['another major', [statefulSet(official('17.2'))], [statefulSet(official('18.1', { volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql' }] }))], 'error PGTLS-S13'],
    ['another minor', [statefulSet(official('17.2'))], [statefulSet(official('17.5-bookworm'))], ''],
    ['an image without a version', [statefulSet(official('17.2'))], [statefulSet(official('latest'))], ''],
    ['removed', [statefulSet(official('17'))], [], 'error PGTLS-S03'],
    ['renamed', [statefulSet(official('17'))], [statefulSet(official('17'), {}, { name: 'orders' })], 'error PGTLS-S04'],
    ['the claim has another name', [statefulSet(official('17'))], [statefulSet(official('17', { volumeMounts: [{ name: 'pgdata', mountPath: '/var/lib/postgresql/data' }] }), anotherClaim)], 'error PGTLS-S18'],
    ['another directory on the volume', [statefulSet(official('17'))], [statefulSet(official('17', { env: [{ name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' }] }))], 'error PGTLS-S18'],
    ['a subPath', [statefulSet(official('17'))], [statefulSet(official('17', { volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql/data', subPath: 'pg' }] }))], 'error PGTLS-S18'],
    ['mounted beside the data directory', [statefulSet(official('17'))], [statefulSet(official('17', { volumeMounts: [{ name: 'data', mountPath: '/data' }] }))], 'error PGTLS-S06'],
    ['an emptyDir in place of the claim', [statefulSet(official('17'))], [statefulSet(official('17', {}, inPod({ emptyDir: {} })), { volumeClaimTemplates: undefined })], 'error PGTLS-S06'],
    ['a claim made elsewhere', [statefulSet(official('17'))], [statefulSet(official('17', {}, inPod({ persistentVolumeClaim: { claimName: 'old' } })), { volumeClaimTemplates: [] })], 'error PGTLS-S18'],
    ['another variable of the entrypoint', [statefulSet(official('17', password('one')))], [statefulSet(official('17', password('two')))], 'warning PGTLS-S12'],
    ['another selector', [statefulSet(official('17'))], [statefulSet(official('17'), { selector: { matchLabels: { app: 'db', more: 'yes' } } })], 'error PGTLS-W03,warning PGTLS-S16'],
    ['another Service', [statefulSet(official('17'))], [statefulSet(official('17'), { serviceName: 'db-pods' })], 'error PGTLS-S16'],
    ['what is the default is written', [statefulSet(official('17'))], [statefulSet(official('17'), { podManagementPolicy: 'OrderedReady' })], ''],
    ['another pod management', [statefulSet(official('17'))], [statefulSet(official('17'), { podManagementPolicy: 'Parallel' })], 'warning PGTLS-S02'],
    ['the claim of the StatefulSet, by its name', [statefulSet(official('17'))],
      [statefulSet(official('17', {}, inPod({ persistentVolumeClaim: { claimName: 'data-db-0' } })), { volumeClaimTemplates: undefined })], 'warning PGTLS-S16'],
    ['a Deployment in place of the StatefulSet, on its claim', [statefulSet(official('17'))], [deployment({ persistentVolumeClaim: { claimName: 'data-db-0' } })], ''],
    ['a Deployment in place of the StatefulSet, on another claim', [statefulSet(official('17'))], [deployment({ persistentVolumeClaim: { claimName: 'new' } })], 'error PGTLS-S04'],
    ['a Deployment of another name on the same claim', [deployment({ persistentVolumeClaim: { claimName: 'a' } })], [{ ...deployment({ persistentVolumeClaim: { claimName: 'a' } }), metadata: { name: 'sql', namespace: 'shop' } }], ''],
    ['removed, of an image known by PGDATA only', [statefulSet(unknown)], [], 'error PGTLS-S03'],
    ['something else is removed', [statefulSet(redis)], [], ''],
    ['a Deployment on another claim', [deployment({ persistentVolumeClaim: { claimName: 'a' } })], [deployment({ persistentVolumeClaim: { claimName: 'b' } })], 'error PGTLS-S18'],
    ['a Deployment on an emptyDir', [deployment({ persistentVolumeClaim: { claimName: 'a' } })], [deployment({ emptyDir: {} })], 'error PGTLS-S06'],
    ['a Deployment of another major', [deployment({ persistentVolumeClaim: { claimName: 'a' } })], [deployment({ persistentVolumeClaim: { claimName: 'a' } }, '18')], 'error PGTLS-S13'],
  ])('%s', (_, before, after, expected) => {
    const keep = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'keep', namespace: 'shop' } };
    expect(severityAndCode(changedManifests([...before, keep], [...after, keep])).join()).toBe(expected);
  });

  test.each<[string, object[], object[], string[]]>([
    ['the claim of a Deployment', [pvc('a')], [], ['PGTLS-S19']],
    ['its namespace', [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }], [], ['PGTLS-S19']],
    ['both stay', [pvc('a')], [pvc('a')], []],
    ['another claim', [pvc('b')], [], []],
  ])('what holds the data is no longer in the app: %s', (_, before, after, expected) => {
    const database = deployment({ persistentVolumeClaim: { claimName: 'a' } });
    expect(changedManifests([...before, database], [...after, database]).map(({ rule: { code } }) => code)).toEqual(expected);
  });

  test('a database removed with its claim: one finding for both', () => {
    const [finding, ...others] = changedManifests([pvc('data-db-0'), statefulSet(official('17'))], [pvc('other')]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: expect.objectContaining({ code: 'PGTLS-S03' }), message: expect.stringContaining("its data is deleted with PersistentVolumeClaim 'data-db-0', which is no longer in the app either") });
  });

  test('pass with the same consents', () => {
    const moved = [statefulSet(official('17'), {}, { namespace: 'store' })];
    expect(changedManifests([statefulSet(official('17'))], moved, [ChangeConsent.databaseMoved('shop', 'db', 'store', 'copied')])).toEqual([
      expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-S05' }), severity: Severity.WARNING, acknowledged: 'copied' }),
    ]);
    expect(changedManifests([statefulSet(official('17'))], moved, [ChangeConsent.databaseRemoved('shop', 'ob', 'typo')])).toEqual([
      expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-S05' }), location: expect.objectContaining({ path: "manifests.yaml: StatefulSet 'db' in namespace 'store'" }) }), expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-S29' }), location: expect.objectContaining({ path: 'consents' }) }),
    ]);
  });

  test('a password is not shown', () => {
    const secret = (value: string) => [statefulSet(official('17', { env: [{ name: 'POSTGRES_PASSWORD', value }] }))];
    expect(changedManifests(secret('sesame'), secret('street'))[0]!.message).not.toMatch(/sesame|street/);
  });
});

function nothingBut(id: string): Program {
  return orders({}, id);
}

function committedBy(program: Program): CommittedManifests {
  const app = new App();
  program(app);
  return CommittedManifests.fromTexts({ 'dist/app.yaml': app.synthYaml() as string });
}
