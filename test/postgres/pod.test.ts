import { ApiObject, Chart, Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import {
  DatabaseLocale, Postgres, PostgresImageOptions, PostgresMonitor, PostgresProps, PostgresStorage, PostgresVersion, Validation,
} from '../../src';
import { chartIn, Manifest, written } from '../support/tree';

function database(props: Partial<PostgresProps> = {}): Chart {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...props });
  return chart;
}

const podOf = (props: Partial<PostgresProps>): Manifest => written(database(props), 'StatefulSet').spec.template.spec;
const findings = (props: Partial<PostgresProps>): string[] => Validation.of(database(props)).findings().map(({ rule: { code }, message }) => `${code}: ${message}`);
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('images', () => {
  test.each([
    ['', 'is not an image reference'], [' ', 'is not an image reference'], ['post gres:18', 'is not an image reference'],
    ['postgres', 'has neither a tag nor a digest'], ['localhost:5000/postgres', 'has neither a tag nor a digest'],
    ['postgres:latest', "has the tag 'latest'"], ['postgres:trixie', "has the tag 'trixie'"], ['registry.example.com/db:main', "has the tag 'main'"], ['postgres:2024', "has the tag '2024'"],
    ['postgres:17.2', 'contains PostgreSQL 17, but the version is 18'], [`postgres:17.2@${DIGEST}`, 'contains PostgreSQL 17'], ['registry.example.com/team/postgres:17', 'contains PostgreSQL 17'],
    ['example.com/timescaledb:pg17.2-ts2.17', 'contains PostgreSQL 17'], ['pgvector/pgvector:0.8.0-pg17', 'contains PostgreSQL 17'], ['example.com/db:latest-pg17', 'contains PostgreSQL 17'],
    ['example.com/postgresql-16-c9s:20250101', 'contains PostgreSQL 16'], ['postgis/postgis:17-3.5', 'contains PostgreSQL 17'],
    ['postgres:18-alpine', 'has a user postgres with UID 70, but the pod runs as UID 999'], ['docker.io/bitnami/postgresql:18.1.0', 'UID 1001'],
    ['ghcr.io/cloudnative-pg/postgresql:18.1', 'UID 26'], ['timescale/timescaledb:2.23.0-pg18', 'UID 70'], ['timescale/timescaledb-ha:pg18', 'UID 1000'],
    [`ghcr.io/cloudnative-pg/postgresql@${DIGEST}`, 'UID 26'], ['registry.redhat.io/rhel9/postgresql-18:1-10', 'UID 26'], ['dhi.io/postgres:18', 'UID 70'], ['supabase/postgres:18.0.1', 'another UID'],
  ])("'%s' %s", (image, fault) => {
    const [found, ...more] = findings({ version: PostgresVersion.of(18, image) });
    expect(found).toContain(`PGTLS-P83: image '${image}' ${fault}`.replace(/' (UID|another)/, "' has a user postgres with $1"));
    expect(more).toEqual([]);
  });

  test.each([
    'postgres:18', 'postgres:18.4-trixie', 'docker.io/library/postgres:18beta1', `postgres@${DIGEST}`, `postgres:latest@${DIGEST}`, 'localhost:5000/team/postgres:18.4', 'example.com/db:1.4.2',
    'example.com/db:latest-pg18', 'postgis/postgis:18-3.6', 'citusdata/citus:13.2', 'pgvector/pgvector:pg18', `example.com/db@${DIGEST}`,
  ])("'%s' is fine", (image) => { expect(findings({ version: PostgresVersion.of(18, image) })).toEqual([]); });

  test('runAsUser of an image is configurable', () => {
    expect(podOf({ version: PostgresVersion.of(18, 'postgres:18-alpine', { uid: 70 }) }).securityContext).toMatchObject({ runAsUser: 70, runAsGroup: 70, fsGroup: 70 });
    const bitnami = PostgresVersion.of(18, 'bitnami/postgresql:18.1.0', { uid: 1001, gid: 5000, layout: { namesUser: false } });
    expect(podOf({ version: bitnami }).securityContext).toMatchObject({ runAsUser: 1001, runAsGroup: 5000, fsGroup: 5000 });
    expect(podOf({}).securityContext).toMatchObject({ runAsUser: 999, runAsGroup: 999, fsGroup: 999 });
    // Its UID has no name in the image.
    expect(podOf({ version: bitnami }).initContainers.map(({ name }: Manifest) => name)).toEqual(['identity', 'init']);
    expect(podOf({ version: bitnami }).containers.every(({ volumeMounts }: Manifest) => volumeMounts.some(({ mountPath }: Manifest) => mountPath === '/etc/passwd'))).toBe(true);
    expect(podOf({}).initContainers).toHaveLength(1);
  });

  test.each<[string, PostgresImageOptions, string | undefined]>([
    ['docker.io/bitnamilegacy/postgresql:18.1.0', { uid: 1001 }, 'has no entry for UID 1001 in /etc/passwd, which initdb requires: set { layout: { namesUser: false } }'],
    ['docker.io/bitnamilegacy/postgresql:18.1.0', {}, 'set { uid: 1001, layout: { namesUser: false } }'],
    ['registry.example.com/bitnami/postgresql-repmgr:18.1.0', { uid: 1001, layout: { namesUser: false } }, undefined],
    ['ghcr.io/zalando/spilo-18:4.1-p1', {}, 'has a user postgres with UID 101, but the pod runs as UID 999: set { uid: 101, gid: 103 }'],
    ['ghcr.io/zalando/spilo-18:4.1-p1', { uid: 101, gid: 103 }, undefined],
    ['percona/percona-distribution-postgresql:18.1-1', {}, 'set { uid: 26 }'],
    ['cgr.dev/acme.example/postgres:18.1', {}, 'set { uid: 70 }'],
    ['cgr.dev/chainguard/postgres:18-slim', { uid: 65532 }, 'has no shell'],
    ['registry.example.com/mirror/sclorg/postgresql-18-c10s:1', {}, 'set { uid: 26 }'],
    ['supabase/postgres:18.0.1', { uid: 105 }, undefined],
    ['postgres:18.4', { uid: 5000 }, 'has no user with UID 5000'],
    ['postgres:18.4', { uid: 5000, layout: { namesUser: false } }, undefined],
    ['example.com/base:18', { layout: { programs: '/usr/lib/postgresql/18/bin' } }, undefined],
    ['example.com/base:18', { layout: { programs: 'bin' } }, "layout.programs 'bin' is not the absolute path"],
    ['example.com/base:18', { layout: { programs: '/a:/b' } }, "layout.programs '/a:/b' is not the absolute path"],
  ])('%s with %j: %s', (image, options, fault) => {
    expect(findings({ version: PostgresVersion.of(18, image, options) })).toEqual(fault === undefined ? [] : [expect.stringContaining(fault)]);
  });

  test('programs that are not on the PATH of the image', () => {
    const pod = podOf({ version: PostgresVersion.of(18, 'example.com/base:18', { layout: { programs: '/opt/pg/bin' } }), monitor: PostgresMonitor.prometheus() });
    const paths = [...pod.initContainers, ...pod.containers].map(({ name, env = [] }: Manifest) => [name, env.filter((entry: Manifest) => entry.name === 'PATH').map(({ value }: Manifest) => value)]);
    const path = ['/opt/pg/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
    expect(Object.fromEntries(paths)).toEqual({ init: path, postgres: path, reloader: path, exporter: [] });
  });

  test('the platform chooses the UID, for every image', () => {
    const props = { version: PostgresVersion.of(18, 'postgres:18-alpine', { uid: 70 }), podTemplate: { arbitraryUserId: true } };
    expect(podOf(props).securityContext.runAsUser).toBeUndefined();
    expect(findings({ ...props, version: PostgresVersion.of(18, 'postgres:18-alpine') })).toEqual([]);
  });

  test.each([[0, undefined], [70.5, undefined], [2 ** 31, undefined], [70, -1]])('no user: %s, %s', (uid, gid) => {
    expect(findings({ version: PostgresVersion.of(18, 'registry.example.com/postgres:18.4', { uid, gid }) })).toEqual([expect.stringContaining('is not an integer from 1 to 2147483647')]);
  });

  test('the exporter', () => {
    expect(findings({ monitor: PostgresMonitor.prometheus({ image: 'example.com/exporter:latest' }) })).toEqual([expect.stringContaining("PGTLS-P83: monitor.image 'example.com/exporter:latest' has the tag 'latest'")]);
  });

  test('releases that do not move', () => {
    expect(['V14_23', 'V15_18', 'V16_14', 'V17_10', 'V18_4'].map((name) => PostgresVersion[name as 'V18_4'].image.replace(/.*:/, ''))).toEqual(['14.23', '15.18', '16.14', '17.10', '18.4']);
  });
});

describe('collation', () => {
  const official = (image: string, locale: DatabaseLocale) => findings({ version: PostgresVersion.of(18, image), init: { locale } });
  const { icu, libc, builtin } = DatabaseLocale;

  test.each<[string, DatabaseLocale, string[]]>([
    ['postgres:18.4', icu('de-DE'), ["PGTLS-P84: init.locale 'de-DE' uses the icu library"]],
    ['postgres:18.4', libc('en_US.UTF-8'), ["PGTLS-P84: init.locale 'en_US.UTF-8' uses the libc library"]],
    ['example.com/postgres:18.4', libc('de_DE.utf8'), ['PGTLS-P84']],
    [`postgres@${DIGEST}`, icu('de-DE'), []],
    ['postgres:18.4', libc('C'), []], ['postgres:18.4', libc('C.utf8'), []], ['postgres:18.4', libc('c.utf8'), ['PGTLS-P85']], ['postgres:18.4', libc('POSIX'), []], ['postgres:18.4', builtin('PG_UNICODE_FAST'), []],
    ['postgres:18.4', libc('de_DE.utf8'), ["PGTLS-P85: init.locale 'de_DE.utf8' does not exist in image 'postgres:18.4'"]],
    [`docker.io/library/postgres:18.4@${DIGEST}`, libc('tr_TR'), ['PGTLS-P85']],
  ])('%s, %j: %j', (image, locale, expected) => {
    expect(official(image, locale)).toEqual(expected.map((text) => expect.stringContaining(text)));
  });
});

describe('parts of the pod are written as given', () => {
  test('fields that cdk8s-plus-27 does not know', () => {
    const podTemplate = {
      initContainers: [{ name: 'sidecar', image: 'a:1', restartPolicy: 'Always', resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }],
      containers: [{ name: 'beside', image: 'b:1', lifecycle: { stopSignal: 'SIGINT', preStop: { sleep: { seconds: 5 } } } }],
      volumes: [{ name: 'model', image: { reference: 'c:1', pullPolicy: 'Always' } }],
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', matchLabelKeys: ['pod-template-hash'] }],
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', mismatchLabelKeys: ['tenant'] }] } },
    };
    const pod = podOf({ podTemplate: podTemplate as never });
    expect(pod.initContainers[0]).toMatchObject(podTemplate.initContainers[0]!);
    expect(pod.containers.at(-1)).toMatchObject(podTemplate.containers[0]!);
    expect(pod.volumes.at(-1)).toEqual(podTemplate.volumes[0]);
    expect(pod.topologySpreadConstraints).toEqual(podTemplate.topologySpreadConstraints);
    expect(pod.affinity).toEqual(podTemplate.affinity);
  });

  test('fields that cdk8s-plus-27 calls otherwise, its numbers and those of other releases', () => {
    class Quantity { public constructor(public readonly value: string) {} }
    const pod = podOf({
      podTemplate: {
        containers: [{
          name: 'beside', image: 'b:1', ports: [{ containerPort: 80, hostIp: '127.0.0.1' }],
          livenessProbe: { httpGet: { port: k8s.IntOrString.fromNumber(80) } }, readinessProbe: { tcpSocket: { port: 80 as never } },
          resources: { limits: { 'cpu': k8s.Quantity.fromString('1'), 'memory': new Quantity('1Gi') as never, 'ephemeral-storage': '2Gi' as never } },
        }],
        volumes: [{ name: 'names', downwardApi: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } }],
      },
    });
    expect(pod.containers.at(-1)).toMatchObject({
      ports: [{ containerPort: 80, hostIP: '127.0.0.1' }], livenessProbe: { httpGet: { port: 80 } }, readinessProbe: { tcpSocket: { port: 80 } },
      resources: { limits: { 'cpu': '1', 'memory': '1Gi', 'ephemeral-storage': '2Gi' } },
    });
    expect(pod.volumes.at(-1)).toEqual({ name: 'names', downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } });
  });
});

describe('resources', () => {
  const small = { request: Size.mebibytes(1), limit: Size.mebibytes(2) };
  const wrong = { request: Size.mebibytes(2), limit: Size.mebibytes(1) };
  const cpu = { request: Cpu.units(2), limit: Cpu.millis(1500) };
  const beside = (resources: k8s.ResourceRequirements) => ({ podTemplate: { initContainers: [{ name: 'beside', image: 'a:1', resources }] } });

  test.each<[string, Partial<PostgresProps>]>([
    ['resources: cpu request 2 is above the limit 1500m', { resources: { cpu } }],
    ['resources: ephemeral-storage request 2Mi is above the limit 1Mi', { resources: { ephemeralStorage: wrong } }],
    ['monitor.resources: memory request 2Mi is above the limit 1Mi', { monitor: PostgresMonitor.prometheus({ resources: { memory: wrong } }) }],
    ['podTemplate.reloaderResources: cpu request 2 is above the limit 1500m', { podTemplate: { reloaderResources: { cpu } } }],
    ['podTemplate.initResources: memory request 2Mi', { podTemplate: { initResources: { memory: wrong } } }],
    ["podTemplate: container 'beside': memory request 1Gi is above the limit 512Mi", beside({ requests: { memory: k8s.Quantity.fromString('1Gi') }, limits: { memory: '512Mi' as never } })],
  ])('%s', (message, props) => { expect(findings(props)).toContainEqual(expect.stringContaining(`PGTLS-P86: ${message}`)); });

  test('what is given for one resource keeps the defaults of the others', () => {
    const [server, reloader, exporter] = podOf({
      resources: { cpu: { request: Cpu.units(2) } }, monitor: PostgresMonitor.prometheus({ resources: { memory: small } }),
      podTemplate: { reloaderResources: { cpu: { limit: Cpu.millis(50) } } },
    }).containers;
    expect(server.resources).toEqual({ requests: { 'cpu': '2', 'memory': '1Gi', 'ephemeral-storage': '64Mi' }, limits: { memory: '1Gi' } });
    expect(reloader.resources).toEqual({ requests: { 'memory': '32Mi', 'ephemeral-storage': '64Mi' }, limits: { cpu: '50m', memory: '64Mi' } });
    expect(exporter.resources).toEqual({ requests: { 'cpu': '10m', 'memory': '1Mi', 'ephemeral-storage': '64Mi' }, limits: { memory: '2Mi' } });
  });

  test('of init', () => {
    const of = (props: Partial<PostgresProps>) => podOf(props).initContainers[0].resources;
    expect(of({ resources: { cpu: { request: Cpu.units(2) } } }).requests.cpu).toBe('2');
    expect(of({ podTemplate: { initResources: { cpu: { request: Cpu.units(3) } } } }).requests).toMatchObject({ cpu: '3', memory: '1Gi' });
  });
});

describe('storage on the disk of the node', () => {
  const requestOf = (props: Partial<PostgresProps>) => podOf(props).containers[0].resources.requests['ephemeral-storage'];
  const gib = Size.gibibytes;
  const { ephemeral } = PostgresStorage;

  test.each<[string, Partial<PostgresProps>, string, unknown]>([
    ['durable data is not on it', {}, '64Mi', undefined],
    ['a new database', { storage: ephemeral() }, '320Mi', {}],
    ['a size', { storage: ephemeral({ size: gib(3) }) }, '3136Mi', { sizeLimit: '3Gi' }],
    ['a limit', { storage: ephemeral({ sizeLimit: gib(3) }) }, '3136Mi', { sizeLimit: '3Gi' }],
    ['a size and a higher limit', { storage: ephemeral({ size: gib(1), sizeLimit: gib(3) }) }, '1088Mi', { sizeLimit: '3Gi' }],
    ['a request of its own', { storage: ephemeral({ size: gib(1) }), resources: { ephemeralStorage: { request: gib(7) } } }, '7Gi', { sizeLimit: '1Gi' }],
  ])('%s', (_, props, request, emptyDir) => {
    const { initContainers, volumes } = podOf(props);
    expect(requestOf(props)).toBe(request);
    expect(initContainers[0].resources.requests['ephemeral-storage']).toBe(request);
    expect(volumes.find(({ name }: Manifest) => name === 'data')?.emptyDir).toEqual(emptyDir);
  });

  test.each<[Partial<PostgresProps>, string | undefined]>([
    [{ storage: ephemeral({ size: gib(2), sizeLimit: gib(1) }) }, 'sizeLimit 1Gi is below size 2Gi'],
    [{ storage: ephemeral({ size: Size.mebibytes(100) }) }, 'size 100Mi is too small for a database'],
    [{ storage: ephemeral({ sizeLimit: Size.mebibytes(100) }) }, 'sizeLimit 100Mi is too small for a database'],
    [{ storage: ephemeral({ size: gib(4) }), resources: { ephemeralStorage: { limit: gib(3) } } }, 'sizeLimit is 4Gi, but resources limit ephemeral storage to 3Gi'],
    // The limits of all containers count together.
    [{
      storage: ephemeral({ size: gib(4) }), resources: { ephemeralStorage: { limit: gib(3) } }, podTemplate: { reloaderResources: { ephemeralStorage: { limit: gib(2) } } },
    }, undefined],
    [{ storage: ephemeral(), resources: { ephemeralStorage: { limit: gib(3) } } }, undefined],
  ])('%j: %s', (props, fault) => {
    // Little room for the log is another matter (PGTLS-P68).
    expect(findings(props).filter((line) => !line.startsWith('PGTLS-P68'))).toEqual(fault === undefined ? [] : [expect.stringContaining(`PGTLS-P91: storage: ${fault}`)]);
  });

  test('volumes of a known use have a limit, and /tmp has none', () => {
    const limits = (props: Partial<PostgresProps>) => Object.fromEntries(
      podOf(props).volumes.filter(({ emptyDir }: Manifest) => emptyDir).map(({ name, emptyDir }: Manifest) => [name, emptyDir.sizeLimit]));
    expect(limits({})).toEqual({ run: '16Mi', tmp: undefined, shm: '1Gi' });
    expect(limits({ podTemplate: { arbitraryUserId: true }, resources: { memory: { request: gib(2), limit: gib(3) } } }))
      .toEqual({ run: '16Mi', tmp: undefined, identity: '16Mi', shm: '3Gi' });
    expect(limits({ resources: { memory: { request: gib(2) } } })).toEqual({ run: '16Mi', tmp: undefined, shm: undefined });
  });
});

describe('a namespace with quotas and ranges', () => {
  const limits = { cpu: { limit: Cpu.units(1) }, memory: { limit: Size.gibibytes(1) } };
  const found = (kind: string, spec: object, props: Partial<PostgresProps> = {}, namespace = 'demo') => {
    const chart = database(props);
    new ApiObject(chart, 'rule', { apiVersion: 'v1', kind, metadata: { name: 'team', namespace }, spec } as never);
    return Validation.of(chart).findings().filter(({ rule: { code } }) => code !== 'PGTLS-P69').map(({ rule: { code }, message }) => `${code}: ${message}`);
  };
  const counting = (...resources: string[]) => ({ hard: Object.fromEntries(resources.map((resource) => [resource, '64'])) });
  const range = (item: object) => ({ limits: [{ type: 'Container', ...item }] });

  test.each<[object, Partial<PostgresProps>, string | undefined]>([
    [counting('limits.cpu'), {}, "PGTLS-P92: ResourceQuota 'team' counts limits.cpu, but containers 'init', 'postgres', 'reloader' of StatefulSet 'db' have no cpu limit"],
    [counting('limits.cpu'), { resources: limits }, undefined],
    [counting('limits.cpu'), { resources: limits, monitor: PostgresMonitor.prometheus() }, undefined],
    [counting('limits.cpu'), { resources: limits, podTemplate: { arbitraryUserId: true } }, undefined],
    [counting('limits.cpu'), { resources: limits, podTemplate: { initResources: { cpu: { request: Cpu.units(1) } } } }, "container 'init' of StatefulSet 'db' has no cpu limit"],
    [counting('limits.cpu'), { resources: limits, podTemplate: { reloaderResources: { cpu: { request: Cpu.millis(5) } } } }, "container 'reloader' of StatefulSet 'db' has no cpu limit"],
    [counting('cpu', 'requests.cpu', 'pods', 'services.loadbalancers', 'count/deployments.apps'), {}, undefined],
    [counting('limits.ephemeral-storage', 'requests.nvidia.com/gpu'), {}, undefined],
    [{ hard: { 'limits.memory': '512Mi' } }, {}, "PGTLS-P89: ResourceQuota 'team' allows limits.memory 512Mi, but one pod of StatefulSet 'db' has 1088Mi"],
    [{ hard: { 'limits.memory': '2Gi' } }, {}, undefined],
    [{ ...counting('limits.cpu'), scopes: ['NotTerminating'] }, {}, 'counts limits.cpu'],
    [{ ...counting('limits.cpu'), scopes: ['Terminating'] }, {}, undefined],
    [{ ...counting('limits.cpu'), scopeSelector: { matchExpressions: [] } }, {}, undefined],
  ])('a quota %j', (spec, props, fault) => {
    expect(found('ResourceQuota', spec, props)).toEqual(fault === undefined ? [] : [expect.stringContaining(fault)]);
  });

  test('a quota of another namespace', () => { expect(found('ResourceQuota', counting('limits.cpu'), {}, 'other')).toEqual([]); });

  test.each<[object, string[]]>([
    [range({ default: { cpu: '4' } }), []],
    [range({ max: { memory: '8Gi' }, min: { cpu: '10m' } }), []],
    [range({ default: { cpu: '200m' } }), ["container 'init' of StatefulSet 'db': LimitRange 'team' sets its default cpu limit to 200m, but its request is 250m", "container 'postgres'"]],
    [range({ max: { memory: '512Mi' } }), ["container 'init' of StatefulSet 'db': LimitRange 'team' allows at most memory 512Mi, but its limit is 1Gi", "container 'postgres'"]],
    [range({ min: { cpu: '50m' } }), ["container 'reloader' of StatefulSet 'db': LimitRange 'team' requires at least cpu 50m, but its request is 10m"]],
    [range({ maxLimitRequestRatio: { memory: '1.5' } }), ["container 'reloader' of StatefulSet 'db': LimitRange 'team' allows a memory limit of at most 1.5 times the request, but its limit is 64Mi and its request 32Mi"]],
    [{ limits: [{ type: 'Pod', max: { memory: '1Mi' } }] }, []],
  ])('a range %j', (spec, faults) => {
    expect(found('LimitRange', spec)).toEqual(faults.map((fault) => expect.stringContaining(`PGTLS-P90: ${fault}`)));
  });

  test('defaults of a range are what a quota counts', () => {
    const chart = database();
    const manifest = (kind: string, spec: object) => new ApiObject(chart, kind, { apiVersion: 'v1', kind, metadata: { name: 'team' }, spec } as never);
    manifest('ResourceQuota', counting('limits.cpu'));
    manifest('LimitRange', range({ default: { cpu: '1' } }));
    expect(Validation.of(chart).findings()).toEqual([]);
  });
});
