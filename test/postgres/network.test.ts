import { Chart, Size } from 'cdk8s';
import {
  IpFamily, IpFamilyPolicy, NetworkPeer, Postgres, PostgresMonitor, PostgresNetwork, PostgresProps, PostgresServiceType, PostgresStorage,
  PostgresVersion, RestrictedNetworkOptions, ServiceMesh, Validation,
} from '../../src';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest, refusal, written } from '../support/tree';

function database(props: Partial<PostgresProps> = {}): Chart {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...props });
  return chart;
}

const MONITOR = PostgresMonitor.prometheus();
const restricted = (options: RestrictedNetworkOptions = {}) => PostgresNetwork.restricted(options);
const policyOf = (props: Partial<PostgresProps> = {}): Manifest => written(database(props), 'NetworkPolicy').spec;
const clientsOf = (props: Partial<PostgresProps>): Manifest[] => policyOf(props).ingress[0].from;
const tcp = (...ports: Array<number | string>) => ports.map((port) => ({ port, protocol: 'TCP' }));
const networks = (...cidrs: string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
const NAMESPACE = { podSelector: {} };

const SELECTOR = { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'db', 'cdk8s-postgres-tls/database': 'db' };

describe('NetworkPolicy', () => {
  test('lets the namespace in at the port of PostgreSQL, and the pod out to DNS', () => {
    expect(policyOf()).toEqual({
      podSelector: { matchLabels: SELECTOR },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'postgresql', protocol: 'TCP' }] }],
      egress: [{ ports: ['UDP', 'TCP'].flatMap((protocol) => [53, 5353].map((port) => ({ port, protocol }))) }],
    });
  });

  test('accepts connections from the given peers', () => {
    const peers = [
      NetworkPeer.pods({ app: 'orders' }), NetworkPeer.namespaces({ team: 'a' }), NetworkPeer.podsInNamespaces({ app: 'orders' }, { team: 'a' }), NetworkPeer.network('10.0.0.0/8'),
    ];
    expect(policyOf({ network: restricted({ clients: peers }) }).ingress[0].from).toEqual([
      { podSelector: { matchLabels: { app: 'orders' } } },
      { namespaceSelector: { matchLabels: { team: 'a' } } },
      { podSelector: { matchLabels: { app: 'orders' } }, namespaceSelector: { matchLabels: { team: 'a' } } },
      { ipBlock: { cidr: '10.0.0.0/8' } },
    ]);
  });

  test('accepts connections of monitoring to the port of the metrics', () => {
    expect(policyOf({ monitor: MONITOR }).ingress[1]).toEqual({ from: [{ namespaceSelector: {} }], ports: [{ port: 'metrics', protocol: 'TCP' }] });
    expect(policyOf({ monitor: MONITOR, network: restricted({ monitoring: [NetworkPeer.namespaces({ name: 'monitoring' })] }) }).ingress[1].from).toEqual([{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }]);
  });

  test('can be left out', () => {
    expect(database({ network: PostgresNetwork.unrestricted() }).toJson().map(({ kind }: Manifest) => kind)).not.toContain('NetworkPolicy');
  });
});

describe('a published Service', () => {
  const published = (template: object) => ({ services: { primary: { type: PostgresServiceType.LOAD_BALANCER, ...template } } });

  test.each<[string, object, Manifest[]]>([
    ['its source ranges are admitted', { loadBalancerSourceRanges: ['203.0.113.0/24'] }, [NAMESPACE, ...networks('203.0.113.0/24')]],
    ['every network where it keeps the addresses of clients and has no ranges', { externalTrafficPolicy: 'Local' }, [NAMESPACE, ...networks('0.0.0.0/0', '::/0')]],
    ['no network where connections arrive from nodes, whose addresses are not known', {}, [NAMESPACE]],
  ])('%s', (_, template, peers) => { expect(clientsOf(published(template))).toEqual(peers); });

  test('peers that are given are the peers', () => {
    expect(clientsOf({ ...published({ loadBalancerSourceRanges: ['203.0.113.0/24'] }), network: restricted({ clients: [NetworkPeer.network('10.0.0.0/16')] }) })).toEqual(networks('10.0.0.0/16'));
  });
});

test('egress allows DNS at both of its usual ports, then the given destinations', () => {
  const egress = [{ to: NetworkPeer.network('203.0.113.0/24'), ports: [443] }, { to: NetworkPeer.namespaces({ team: 'ldap' }) }];
  expect(policyOf({ network: restricted({ egress }) }).egress).toEqual([
    { ports: [{ port: 53, protocol: 'UDP' }, { port: 5353, protocol: 'UDP' }, ...tcp(53, 5353)] },
    { to: networks('203.0.113.0/24'), ports: tcp(443) },
    { to: [{ namespaceSelector: { matchLabels: { team: 'ldap' } } }] },
  ]);
  expect(policyOf({ network: restricted({ dnsPorts: [1053] }) }).egress).toEqual([{ ports: [{ port: 1053, protocol: 'UDP' }, ...tcp(1053)] }]);
});

describe('a service mesh', () => {
  const egress = [{ to: NetworkPeer.network('203.0.113.0/24'), ports: [443] }];
  const of = (mesh: ServiceMesh) => policyOf({ monitor: MONITOR, network: restricted({ mesh, egress }) });
  const controlPlane = (namespace: string, ...ports: number[]) => ({ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }], ports: tcp(...ports) });

  test('Istio ambient: the tunnel in and out, and probes from the link-local address', () => {
    expect(of(ServiceMesh.istioAmbient()).ingress).toEqual([
      { from: [NAMESPACE], ports: tcp('postgresql', 15_008) },
      { from: [{ namespaceSelector: {} }], ports: tcp('metrics', 15_008) },
      { from: networks('169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'), ports: tcp('postgresql', 'metrics') },
    ]);
    expect(of(ServiceMesh.istioAmbient()).egress.slice(1)).toEqual([{ to: networks('203.0.113.0/24'), ports: tcp(443, 15_008) }]);
  });

  test('Istio sidecar: the control plane', () => {
    expect(of(ServiceMesh.istioSidecar('mesh')).egress[2]).toEqual(controlPlane('mesh', 15_012));
    expect(of(ServiceMesh.istioSidecar()).egress[2]).toEqual(controlPlane('istio-system', 15_012));
  });

  test('Linkerd: the port of its proxy, and the control plane', () => {
    expect(of(ServiceMesh.linkerd()).ingress[0].ports).toEqual(tcp('postgresql', 4143));
    expect(of(ServiceMesh.linkerd()).egress[2]).toEqual(controlPlane('linkerd', 8080, 8086, 8090));
  });
});

test.each(['restricted', 'unrestricted'] as const)('IP families stand on every Service: %s', (kind) => {
  const chart = database({ monitor: MONITOR, network: PostgresNetwork[kind]({ ipFamilies: [IpFamily.IPV6, IpFamily.IPV4], ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK }) });
  for (const name of ['db', 'db-pods', 'db-stats']) {
    expect(written(chart, 'Service', name).spec).toMatchObject({ ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' });
  }
});

const codes = (props: Partial<PostgresProps>) => Validation.of(database(props)).findings().map(({ rule: { code }, message }) => `${code}: ${message}`);
const nodePort = (service: 'primary' | 'stats', externalTrafficPolicy?: string) => ({ services: { [service]: { type: PostgresServiceType.NODE_PORT, externalTrafficPolicy } } });
const archiving = (parameters: { [name: string]: string }) => ({ parameters: { archive_mode: 'on', ...parameters } });
const node = NetworkPeer.network('10.0.0.0/16');
const store = [{ to: NetworkPeer.network('203.0.113.0/24') }];

test.each<[string, Partial<PostgresProps>, Partial<PostgresProps>]>([
  ['PGTLS-P44: services.primary has type NodePort', nodePort('primary'), nodePort('primary', 'Local')],
  ['PGTLS-P44: services.primary', { ...nodePort('primary', 'Local'), network: restricted({ clients: [NetworkPeer.sameNamespace()] }) }, { ...nodePort('primary'), network: restricted({ clients: [node] }) }],
  ['PGTLS-P44: services.stats', { monitor: MONITOR, ...nodePort('stats'), network: restricted({ clients: [node] }) }, { monitor: MONITOR, ...nodePort('stats'), network: restricted({ monitoring: [node] }) }],
  ['PGTLS-P44: services.primary', nodePort('primary'), { ...nodePort('primary'), network: PostgresNetwork.unrestricted() }],
  ['PGTLS-P45: parameters: the archive command can only reach DNS', archiving({ archive_command: 'wal-g wal-push %p' }), { ...archiving({ archive_command: 'wal-g wal-push %p' }), network: restricted({ egress: store }) }],
  ['PGTLS-P45', archiving({ archive_command: 'test -f /x && aws s3 cp %p s3://wal/%f' }), archiving({ archive_command: 'test ! -f /backup/%f && cp %p /backup/%f' })],
  ['PGTLS-P45', { ...archiving({ archive_library: 'pgmoneta_ext' }), version: PostgresVersion.of(18, 'registry.example.com/postgres:18.4'), network: restricted() }, archiving({ archive_library: 'basic_archive' })],
  ["PGTLS-P45: podTemplate: container 'shipper' can only reach DNS", { podTemplate: { containers: [{ name: 'shipper', image: 'a:1' }] } }, { podTemplate: { containers: [{ name: 'shipper', image: 'a:1' }] }, network: restricted({ egress: store }) }],
  ["PGTLS-P46: podTemplate: 'istio.io/dataplane-mode' adds the pod to a mesh", { podTemplate: { labels: { 'istio.io/dataplane-mode': 'ambient' } } }, { podTemplate: { labels: { 'istio.io/dataplane-mode': 'none' } } }],
  ["PGTLS-P46: podTemplate: 'sidecar.istio.io/inject'", { podTemplate: { labels: { 'sidecar.istio.io/inject': 'true' } } }, { podTemplate: { labels: { 'sidecar.istio.io/inject': 'true' } }, network: restricted({ mesh: ServiceMesh.istioSidecar() }) }],
  ["PGTLS-P46: podTemplate: 'linkerd.io/inject'", { podTemplate: { annotations: { 'linkerd.io/inject': 'enabled' } } }, { podTemplate: { annotations: { 'linkerd.io/inject': 'enabled' } }, network: PostgresNetwork.unrestricted() }],
  ['PGTLS-P47: network.egress[0].ports is empty', { network: restricted({ egress: [{ to: node, ports: [] }] }) }, { network: restricted({ egress: [{ to: node }] }) }],
  ['PGTLS-P47: network.egress[0].ports contains 65536, which is not a port', { network: restricted({ egress: [{ to: node, ports: [65_536] }] }) }, { network: restricted({ egress: [{ to: node, ports: [65_535] }] }) }],
  ['PGTLS-P47: network.dnsPorts contains 53 twice', { network: restricted({ dnsPorts: [53, 53] }) }, { network: restricted({ dnsPorts: [53] }) }],
  ["PGTLS-P33: network: peer '10.0.0.1' is not a network", { network: restricted({ egress: [{ to: NetworkPeer.network('10.0.0.1') }] }) }, { network: restricted({ egress: [{ to: NetworkPeer.network('10.0.0.1/32') }] }) }],
  ['PGTLS-P48: network.ipFamilies contains 2 families', { network: restricted({ ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] }) }, { network: restricted({ ipFamilies: [IpFamily.IPV6] }) }],
  ['PGTLS-P48: network.ipFamilies contains IPv4 twice', { network: restricted({ ipFamilies: [IpFamily.IPV4, IpFamily.IPV4], ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK }) },
    { network: restricted({ ipFamilies: [IpFamily.IPV4, IpFamily.IPV6], ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK }) }],
])('%s', (message, broken, met) => {
  expect(codes(broken).filter((line) => !line.startsWith('PGTLS-P72'))).toEqual([expect.stringContaining(message)]);
  expect(codes(met)).toEqual([]);
});

testWithSchemas('everything fits the API schemas, unknown fields refused', () => {
  const chart = database({
    monitor: MONITOR, ...nodePort('primary', 'Local'),
    network: restricted({ mesh: ServiceMesh.istioAmbient(), egress: store, ipFamilies: [IpFamily.IPV4], ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK }),
  });
  for (const document of chart.toJson()) { for (const version of ['1.27.0', '1.36.0'] as const) { expect(validateManifest(document, version)).toEqual([]); } }
});

test.each<[string, Partial<PostgresProps>, Partial<PostgresProps>]>([
  ["PGTLS-P33: network: peer 'all' is not a network", { network: restricted({ clients: [NetworkPeer.network('all')] }) }, { network: restricted({ clients: [NetworkPeer.network('0.0.0.0/0')] }) }],
  ['PGTLS-P33: network.clients is empty', { network: restricted({ clients: [] }) }, { network: restricted() }],
])('%s', (message, broken, met) => {
  expect(refusal(database(broken))).toContain(`[chart/db] ${message}`);
  expect(refusal(database(met))).toBe('');
});
