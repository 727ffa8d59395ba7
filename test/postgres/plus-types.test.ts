import { Chart, Size } from 'cdk8s';
import {
  AwsElasticBlockStorePersistentVolume, ConfigMap, Deployment, EmptyDirMedium, INetworkPolicyPeer, IStorage, k8s, Namespace, Namespaces, NetworkPolicy, NetworkPolicyIpBlock,
  PersistentVolumeAccessMode, Pod, Pods, Service, StatefulSet, Volume,
} from 'cdk8s-plus-27';
import {
  NetworkPeer, Postgres, PostgresMonitor, PostgresNetwork, PostgresProps, PostgresServiceType, PostgresStorage, PostgresVersion, Validation,
} from '../../src';
import { chartIn, Manifest, refusal, written } from '../support/tree';

function database(chart: Chart, props: Partial<PostgresProps>): Chart {
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...props });
  return chart;
}

const CONTAINERS = { containers: [{ image: 'registry.example.com/app:1' }] };

const PEERS: ReadonlyArray<[string, (chart: Chart) => INetworkPolicyPeer]> = [
  ['a Deployment of the namespace', (chart) => new Deployment(chart, 'app', CONTAINERS)],
  ['a Deployment of another namespace', (chart) => new Deployment(chart, 'app', { ...CONTAINERS, metadata: { namespace: 'shop' } })],
  ['a workload without a namespace', () => new Deployment(new Chart(chartIn().node.root as never, 'nowhere'), 'app', CONTAINERS)],
  ['a StatefulSet', (chart) => new StatefulSet(chart, 'set', { ...CONTAINERS, service: new Service(chart, 'service', { ports: [{ port: 80 }] }) })],
  ['a Pod', (chart) => new Pod(chart, 'pod', CONTAINERS)],
  ['pods by labels and expressions', (chart) => Pods.select(chart, 'pods', { labels: { app: 'shop' }, expressions: [{ key: 'tier', operator: 'In', values: ['web', 'api'] } as never] })],
  ['every pod', (chart) => Pods.all(chart, 'pods')],
  ['pods in namespaces by labels', (chart) => Pods.select(chart, 'pods', { labels: { app: 'shop' }, namespaces: Namespaces.select(chart, 'namespaces', { labels: { team: 'shop' } }) })],
  ['a Namespace', (chart) => new Namespace(chart, 'namespace', { metadata: { name: 'shop' } })],
  ['namespaces by names and labels', (chart) => Namespaces.select(chart, 'namespaces', { names: ['shop', 'office'], labels: { team: 'shop' } })],
  ['every namespace', (chart) => Namespaces.all(chart, 'namespaces')],
  ['a network', (chart) => NetworkPolicyIpBlock.ipv4(chart, 'office', '203.0.113.0/24')],
  ['a network with an exception', (chart) => NetworkPolicyIpBlock.ipv4(chart, 'office', '203.0.113.0/24', ['203.0.113.128/25'])],
  ['a network of IPv6', (chart) => NetworkPolicyIpBlock.ipv6(chart, 'office', '2001:db8::/32')],
];

describe('a peer of cdk8s-plus', () => {
  // What cdk8s-plus itself writes for it is the truth.
  test.each(PEERS)('%s is written as in a NetworkPolicy of cdk8s-plus', (_, make) => {
    const chart = chartIn();
    const peer = make(chart);
    const policy = new NetworkPolicy(chart, 'own', { selector: Pods.all(chart, 'everything'), ingress: { rules: [{ peer }] }, egress: { rules: [{ peer }] } });
    database(chart, { monitor: PostgresMonitor.prometheus(), network: PostgresNetwork.restricted({ clients: [peer], monitoring: [peer], egress: [{ to: peer, ports: [443] }] }) });
    const own = written(chart, 'NetworkPolicy', policy.name).spec;
    const { ingress, egress } = written(chart, 'NetworkPolicy', 'db').spec;
    expect(ingress).toEqual([{ ...portsOf('postgresql'), from: own.ingress[0].from }, { ...portsOf('metrics'), from: own.ingress[0].from }]);
    expect(egress.at(-1)).toEqual({ ...portsOf(443), to: own.egress[0].to });
    expect(own.ingress[0].from.length).toBeGreaterThan(0);
    expect(refusal(chart)).toBe('');
  });

  test('stands beside peers of this package', () => {
    const chart = chartIn();
    database(chart, { network: PostgresNetwork.restricted({ clients: [NetworkPeer.pods({ app: 'shop' }), NetworkPolicyIpBlock.anyIpv4(chart, 'all')] }) });
    expect(written(chart, 'NetworkPolicy').spec.ingress[0].from).toEqual([{ podSelector: { matchLabels: { app: 'shop' } } }, { ipBlock: { cidr: '0.0.0.0/0' } }]);
  });

  test('admits the network to which a Service is published', () => {
    const chart = chartIn();
    const clients = [NetworkPolicyIpBlock.ipv4(chart, 'office', '203.0.113.0/24')];
    database(chart, { network: PostgresNetwork.restricted({ clients }), services: { primary: { type: PostgresServiceType.LOAD_BALANCER } } });
    expect(Validation.of(chart).findings()).toEqual([]);
  });

  test('is refused with an invalid label, or where it selects nothing', () => {
    const chart = chartIn();
    expect(refusal(database(chart, { network: PostgresNetwork.restricted({ clients: [Pods.select(chart, 'pods', { labels: { app: 'a b' } })] }) }))).toContain("[chart/db] PGTLS-P87: network.clients: value 'a b' of 'app'");
    const other = chartIn();
    const nothing = Object.assign(new Chart(other, 'peer'), { toNetworkPolicyPeerConfig: () => ({}), toPodSelector: () => undefined });
    expect(refusal(database(other, { network: PostgresNetwork.restricted({ clients: [nothing] }) }))).toContain('[chart/db] PGTLS-P33: network: a peer selects neither pods nor a network');
  });
});

const portsOf = (port: string | number) => ({ ports: [{ port, protocol: 'TCP' }] });

describe('a volume of cdk8s-plus', () => {
  const volumesOf = (chart: Chart, ...volumes: Array<IStorage | k8s.Volume>): Manifest[] =>
    written(database(chart, { podTemplate: { volumes } }), 'StatefulSet').spec.template.spec.volumes.slice(-volumes.length);

  test('is written beside those of the Kubernetes API', () => {
    const chart = chartIn();
    const map = ConfigMap.fromConfigMapName(chart, 'map', 'extra');
    expect(volumesOf(chart,
      Volume.fromConfigMap(chart, 'files', map, { name: 'files', items: { a: { path: 'b' } } }),
      Volume.fromEmptyDir(chart, 'cache', 'cache', { medium: EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(64) }),
      { name: 'plain', emptyDir: {} },
    )).toEqual([
      { name: 'files', configMap: { name: 'extra', items: [{ key: 'a', path: 'b' }] } },
      { name: 'cache', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
      { name: 'plain', emptyDir: {} },
    ]);
  });

  test('may be a PersistentVolume, for which a claim is made', () => {
    const chart = chartIn();
    const disk = new AwsElasticBlockStorePersistentVolume(chart, 'disk', { volumeId: 'vol-1', storage: Size.gibibytes(1), accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE] });
    database(chart, { podTemplate: { volumes: [disk] } });
    const db = chart.node.findChild('db') as Postgres;
    // Each declaration has the volumes looked at again.
    db.addRole('one');
    db.addRole('two');
    const claim = written(chart, 'PersistentVolumeClaim');
    expect(claim.spec.volumeName).toBe(disk.name);
    expect(written(chart, 'StatefulSet').spec.template.spec.volumes).toContainEqual({ name: `pvc-${claim.metadata.name}`, persistentVolumeClaim: { claimName: claim.metadata.name, readOnly: false } });
  });

  test.each<[string, (chart: Chart) => Array<IStorage | k8s.Volume>]>([
    ["volume 'run' is reserved for this package", (chart) => [Volume.fromEmptyDir(chart, 'run', 'run')]],
    ["volume 'x' is given twice", (chart) => [Volume.fromEmptyDir(chart, 'x', 'x'), { name: 'x', emptyDir: {} }]],
  ])('%s', (message, volumes) => {
    const chart = chartIn();
    expect(refusal(database(chart, { podTemplate: { volumes: volumes(chart) } }))).toContain(`[chart/db] PGTLS-P30: podTemplate: ${message}`);
  });
});
