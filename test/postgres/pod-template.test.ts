import { Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  DeletionPolicy, NetworkPeer, Postgres, PostgresMonitor, PostgresNetwork, PostgresProps, PostgresServiceType, PostgresStorage, PostgresVersion,
  Validation,
} from '../../src';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest, refusal, written } from '../support/tree';

function database(props: Partial<PostgresProps> = {}): Chart {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...props });
  return chart;
}

const SELECTOR = { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'db', 'cdk8s-postgres-tls/database': 'db' };
const setOf = (chart: Chart): Manifest => written(chart, 'StatefulSet').spec;
const podOf = (chart: Chart): Manifest => setOf(chart).template.spec;

describe('NetworkPolicy', () => {
  const policyOf = (props?: Partial<PostgresProps>): Manifest => written(database(props), 'NetworkPolicy').spec;

  test('lets the namespace in at the port of PostgreSQL, and the pod out to DNS', () => {
    expect(policyOf()).toEqual({
      podSelector: { matchLabels: SELECTOR },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'postgresql', protocol: 'TCP' }] }],
      egress: [{ ports: ['UDP', 'TCP'].flatMap((protocol) => [53, 5353].map((port) => ({ port, protocol }))) }],
    });
  });

  test('admits the given peers', () => {
    const peers = [
      NetworkPeer.pods({ app: 'orders' }), NetworkPeer.namespaces({ team: 'a' }), NetworkPeer.podsInNamespaces({ app: 'orders' }, { team: 'a' }), NetworkPeer.network('10.0.0.0/8'),
    ];
    expect(policyOf({ network: PostgresNetwork.restricted({ clients: peers }) }).ingress[0].from).toEqual([
      { podSelector: { matchLabels: { app: 'orders' } } },
      { namespaceSelector: { matchLabels: { team: 'a' } } },
      { podSelector: { matchLabels: { app: 'orders' } }, namespaceSelector: { matchLabels: { team: 'a' } } },
      { ipBlock: { cidr: '10.0.0.0/8' } },
    ]);
  });

  test('lets monitoring in at the metrics', () => {
    expect(policyOf({ monitor: PostgresMonitor.prometheus() }).ingress[1]).toEqual({ from: [{ namespaceSelector: {} }], ports: [{ port: 'metrics', protocol: 'TCP' }] });
    expect(policyOf({ monitor: PostgresMonitor.prometheus(), network: PostgresNetwork.restricted({ monitoring: [NetworkPeer.namespaces({ name: 'monitoring' })] }) }).ingress[1].from).toEqual([{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }]);
  });

  test('can be left out', () => {
    expect(database({ network: PostgresNetwork.unrestricted() }).toJson().map(({ kind }: Manifest) => kind)).not.toContain('NetworkPolicy');
  });
});

test('PodDisruptionBudget: never in the way of a drain', () => {
  expect(written(database(), 'PodDisruptionBudget').spec).toEqual({ selector: { matchLabels: SELECTOR }, maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
});

describe('podTemplate', () => {
  test('adds to the pod', () => {
    const toleration = { key: 'dedicated', value: 'databases', effect: 'NoSchedule' };
    const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' };
    const chart = database({
      podTemplate: {
        labels: { team: 'a' }, annotations: { note: 'b' }, nodeSelector: { disk: 'ssd' }, tolerations: [toleration], topologySpreadConstraints: [spread],
        affinity: { nodeAffinity: {} }, priorityClassName: 'high', runtimeClassName: 'gvisor', schedulerName: 'other',
        imagePullSecrets: [Secret.fromSecretName(chartIn(), 'pull', 'registry')], terminationGracePeriod: Duration.minutes(10),
        volumes: [{ name: 'extra', emptyDir: {} }], volumeMounts: [{ name: 'extra', mountPath: '/extra' }],
        containers: [{ name: 'beside', image: 'beside:1' }], initContainers: [{ name: 'first', image: 'first:1' }],
      },
    });
    expect(setOf(chart).template.metadata).toMatchObject({ labels: { ...SELECTOR, team: 'a' }, annotations: { 'note': 'b', 'cdk8s-postgres-tls/restart-checksum': expect.any(String) } });
    expect(podOf(chart)).toMatchObject({
      nodeSelector: { disk: 'ssd' }, tolerations: [toleration], topologySpreadConstraints: [spread], affinity: { nodeAffinity: {} }, priorityClassName: 'high', runtimeClassName: 'gvisor',
      schedulerName: 'other', imagePullSecrets: [{ name: 'registry' }], terminationGracePeriodSeconds: 600,
    });
    expect(podOf(chart).initContainers.map(({ name }: Manifest) => name)).toEqual(['first', 'init']);
    expect(podOf(chart).containers.map(({ name }: Manifest) => name)).toEqual(['postgres', 'reloader', 'beside']);
    expect(podOf(chart).containers[0].volumeMounts).toContainEqual({ name: 'extra', mountPath: '/extra' });
    expect(podOf(chart).containers[2].securityContext).toEqual(podOf(chart).containers[0].securityContext);
    expect(setOf(chart).selector.matchLabels).toEqual(SELECTOR);
  });

  test('leaves the UID to the platform, and has the pod name it', () => {
    const chart = database({ podTemplate: { arbitraryUserId: true } });
    const pod = podOf(chart);
    expect(pod.securityContext).toEqual({ runAsNonRoot: true, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.initContainers.map(({ name }: Manifest) => name)).toEqual(['identity', 'init']);
    for (const container of [pod.initContainers[1], ...pod.containers]) {
      expect(container.volumeMounts).toContainEqual({ name: 'identity', mountPath: '/etc/passwd', subPath: 'passwd', readOnly: true });
    }
    expect(pod.volumes.filter(({ name }: Manifest) => name === 'identity')).toEqual([{ name: 'identity', emptyDir: { sizeLimit: '16Mi' } }]);
  });

  testWithSchemas('fits the API schemas where the platform chooses the UID', () => {
    for (const document of database({ podTemplate: { arbitraryUserId: true } }).toJson()) { expect(validateManifest(document, '1.36.0')).toEqual([]); }
  });

  test('changes nothing when it is empty', () => {
    expect(setOf(database({ podTemplate: {} }))).toEqual(setOf(database()));
  });

  test('warns of a container that restricted namespaces refuse', () => {
    const container = { name: 'beside', image: 'beside:1', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } };
    const network = PostgresNetwork.restricted({ egress: [{ to: NetworkPeer.anywhere() }] });
    expect(Validation.of(database({ network, podTemplate: { containers: [container] } })).findings()).toEqual([]);
    expect(Validation.of(database({ network, podTemplate: { containers: [{ ...container, securityContext: { privileged: true } }] } })).findings()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-P31' }) })]);
  });

  test.each([
    ['adds NET_BIND_SERVICE, which the standard allows', { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } }, []],
    ['adds NET_RAW', { capabilities: { add: ['NET_RAW'], drop: ['ALL'] } }, ['podTemplate.initContainers[0].securityContext']],
    ['may run as root', { runAsNonRoot: false }, ['podTemplate.initContainers[0].securityContext']],
    ['has no seccomp profile', { seccompProfile: { type: 'Unconfined' } }, ['podTemplate.initContainers[0].securityContext']],
  ])('warns of an init container that violates the restricted Pod Security Standard: one that %s', (_, given, fields) => {
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...given };
    const network = PostgresNetwork.restricted({ egress: [{ to: NetworkPeer.anywhere() }] });
    const findings = Validation.of(database({ network, podTemplate: { initContainers: [{ name: 'first', image: 'first:1', securityContext }] } })).findings();
    expect(findings.map(({ rule, field }) => [rule.code, field])).toEqual(fields.map((field) => ['PGTLS-P31', field]));
  });
});

describe('services', () => {
  test('make a Service of another type, with labels and annotations', () => {
    const chart = database({
      monitor: PostgresMonitor.prometheus(),
      services: {
        primary: { type: PostgresServiceType.LOAD_BALANCER, loadBalancerClass: 'internal', loadBalancerSourceRanges: ['10.0.0.0/8'], externalTrafficPolicy: 'Local', annotations: { dns: 'db.example.com' } },
        stats: { labels: { scrape: 'yes' } },
      },
    });
    const { metadata, spec } = written(chart, 'Service', 'db');
    expect(metadata.annotations).toEqual({ dns: 'db.example.com' });
    expect(spec).toMatchObject({ type: 'LoadBalancer', loadBalancerClass: 'internal', loadBalancerSourceRanges: ['10.0.0.0/8'], externalTrafficPolicy: 'Local', selector: SELECTOR });
    expect(written(chart, 'Service', 'db-stats').metadata.labels.scrape).toBe('yes');
  });
});

describe('deletionPolicy', () => {
  test.each([
    [undefined, undefined],
    [DeletionPolicy.HALT, undefined],
    [DeletionPolicy.DELETE, { whenDeleted: 'Delete', whenScaled: 'Retain' }],
  ])('%s: %j', (deletionPolicy, expected) => {
    expect(setOf(database({ deletionPolicy })).persistentVolumeClaimRetentionPolicy).toEqual(expected);
  });
});

testWithSchemas('everything fits the API schemas, unknown fields refused', () => {
  const chart = database({ monitor: PostgresMonitor.prometheus(), deletionPolicy: DeletionPolicy.DELETE, network: PostgresNetwork.restricted({ clients: [NetworkPeer.network('10.0.0.0/8')] }), podTemplate: { containers: [{ name: 'beside', image: 'b' }] } });
  for (const document of chart.toJson()) { for (const version of ['1.27.0', '1.36.0'] as const) { expect(validateManifest(document, version)).toEqual([]); } }
});

test.each<[string, Partial<PostgresProps>, Partial<PostgresProps>]>([
  ["PGTLS-P30: podTemplate: volume 'run' is reserved for this package", { podTemplate: { volumes: [{ name: 'run', emptyDir: {} }] } }, { podTemplate: { volumes: [{ name: 'running', emptyDir: {} }] } }],
  ["PGTLS-P30: podTemplate: container 'reloader' is reserved for this package", { podTemplate: { containers: [{ name: 'reloader', image: 'a' }] } }, { podTemplate: { containers: [{ name: 'reloaders', image: 'a' }] } }],
  ["PGTLS-P30: podTemplate: mount path '/etc/postgresql/x' overlaps", { podTemplate: { volumeMounts: [{ name: 'x', mountPath: '/etc/postgresql/x' }] } }, { podTemplate: { volumes: [{ name: 'x', emptyDir: {} }], volumeMounts: [{ name: 'x', mountPath: '/etc/postgresqlx' }] } }],
  ["PGTLS-P30: podTemplate: mount path '/var' overlaps", { podTemplate: { volumeMounts: [{ name: 'x', mountPath: '/var' }] } }, {}],
  ["PGTLS-P30: podTemplate: label 'app.kubernetes.io/instance' is reserved for this package", { podTemplate: { labels: { 'app.kubernetes.io/instance': 'x' } } }, { podTemplate: { labels: { 'app.kubernetes.io/part-of': 'x' } } }],
  ["PGTLS-P30: podTemplate: annotation 'cdk8s-postgres-tls/restart-checksum'", { podTemplate: { annotations: { 'cdk8s-postgres-tls/restart-checksum': 'x' } } }, { podTemplate: { annotations: { x: 'x' } } }],
  ['PGTLS-P30: podTemplate: terminationGracePeriod', { podTemplate: { terminationGracePeriod: Duration.seconds(29) } }, { podTemplate: { terminationGracePeriod: Duration.seconds(30) } }],
  ['PGTLS-P32: services.stats is given, but monitor is not set', { services: { stats: {} } }, { monitor: PostgresMonitor.prometheus(), services: { stats: {} } }],
  ['PGTLS-P32: services.primary has load balancer settings', { services: { primary: { loadBalancerClass: 'a' } } },
    { services: { primary: { loadBalancerClass: 'a', type: PostgresServiceType.LOAD_BALANCER } } }],
  ["PGTLS-P32: services.primary: externalTrafficPolicy 'Local' is not valid for type ClusterIP", { services: { primary: { externalTrafficPolicy: 'Local' } } },
    { services: { primary: { externalTrafficPolicy: 'Local', type: PostgresServiceType.NODE_PORT } } }],
  ["PGTLS-P32: services.primary: source range '10.0.0.1' is not a network", { services: { primary: { type: PostgresServiceType.LOAD_BALANCER, loadBalancerSourceRanges: ['10.0.0.1'] } } },
    { services: { primary: { type: PostgresServiceType.LOAD_BALANCER, loadBalancerSourceRanges: ['10.0.0.1/32'] } } }],
  ["PGTLS-P33: network: peer 'all' is not a network", { network: PostgresNetwork.restricted({ clients: [NetworkPeer.network('all')] }) }, { network: PostgresNetwork.restricted({ clients: [NetworkPeer.network('0.0.0.0/0')] }) }],
  ['PGTLS-P33: network.clients is empty', { network: PostgresNetwork.restricted({ clients: [] }) }, { network: PostgresNetwork.restricted() }],
  ["PGTLS-P35: deletionPolicy 'Halt' keeps the data", { deletionPolicy: DeletionPolicy.HALT, storage: PostgresStorage.ephemeral() }, { deletionPolicy: DeletionPolicy.DELETE, storage: PostgresStorage.ephemeral() }],
])('%s', (message, broken, met) => {
  expect(refusal(database(broken))).toContain(`[chart/db] ${message}`);
  expect(refusal(database(met))).toBe('');
});
