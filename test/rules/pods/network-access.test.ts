import { ApiObject, Size } from 'cdk8s';
import { NETWORK_ACCESS_RULES } from '../../../src/rules';
import { NetworkPeer, Postgres, PostgresNetwork, PostgresStorage, PostgresVersion } from '../../../src';
import { database, env, Fields, object, service, workload } from '../../fixtures';
import { codesIn } from '../../support/findings';
import { chartIn, refusal } from '../../support/tree';

const OWN = NETWORK_ACCESS_RULES.rules.map(({ code }) => code);
const codes = (manifests: readonly object[]) => codesIn(manifests).filter((code) => OWN.includes(code));

const port = (name: string) => ({ ports: [{ name, containerPort: 5432 }] });
const SERVER = [service('db'), database(port('pg'))];
const client = (metadata: Fields = {}, pod: Fields = {}, host = 'db.demo.svc') => workload('Deployment', 'app', { env: env({ PGHOST: host }) }, pod, metadata);
const inShop = (host?: string) => client({ namespace: 'shop' }, {}, host);
const namespace = (name: string, labels: Fields) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const policy = (spec: Fields, metadata: Fields = {}) => object('networking.k8s.io/v1', 'NetworkPolicy', 'policy', { metadata, spec });
const labels = (app: string) => ({ matchLabels: { app } });
/** The policy of the server, with one rule. */
const ingress = (peer: Fields | undefined, ...ports: Fields[]) => policy({ podSelector: labels('db'), ingress: [{ ...(peer && { from: [peer] }), ...(ports.length > 0 && { ports }) }] });
/** The policy of the client, with these rules and DNS. */
const egress = (...rules: Fields[]) => policy({ podSelector: labels('app'), policyTypes: ['Egress'], egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }, ...rules] });
const toServer = { to: [{ podSelector: labels('db') }] };

test.each<[string, string, object[], object[]]>([
  ['PGTLS-K01', 'labels of the pod', [client(), ingress({ podSelector: labels('other') })], [client(), ingress({ podSelector: labels('app') })]],
  ['PGTLS-K01', 'no rule at all', [client(), policy({ podSelector: {}, policyTypes: ['Ingress'] })], [client(), policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{}] })]],
  ['PGTLS-K01', 'a rule without peers admits all', [client(), ingress({ podSelector: labels('other') })], [client(), ingress(undefined)]],
  ['PGTLS-K01', 'policies add up', [client(), ingress({ podSelector: labels('other') })],
    [client(), ingress({ podSelector: labels('other') }), policy({ podSelector: labels('db'), ingress: [{ from: [{ podSelector: {} }] }] }, { name: 'second' })]],
  ['PGTLS-K01', 'an expression', [client(), ingress({ podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['app'] }] } })],
    [client(), ingress({ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['app', 'b'] }] } })]],
  ['PGTLS-K01', 'a port by number', [client(), ingress({ podSelector: {} }, { port: 5433 })], [client(), ingress({ podSelector: {} }, { port: 5432 })]],
  ['PGTLS-K01', 'a port by name', [client(), ingress({ podSelector: {} }, { port: 'metrics' })], [client(), ingress({ podSelector: {} }, { port: 'pg' })]],
  ['PGTLS-K01', 'a range of ports', [client(), ingress({ podSelector: {} }, { port: 5433, endPort: 5440 })], [client(), ingress({ podSelector: {} }, { port: 5000, endPort: 6000 })]],
  ['PGTLS-K01', 'the protocol', [client(), ingress({ podSelector: {} }, { port: 5432, protocol: 'UDP' })], [client(), ingress({ podSelector: {} }, { port: 5432, protocol: 'TCP' })]],
  ['PGTLS-K01', 'another namespace', [inShop(), ingress({ podSelector: {} })], [inShop(), ingress({ podSelector: {}, namespaceSelector: {} })]],
  ['PGTLS-K01', 'a namespace by its name', [inShop(), ingress({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } } })],
    [inShop(), ingress({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } })]],
  ['PGTLS-K01', 'labels of a namespace, where the app declares it', [namespace('shop', { team: 'b' }), inShop(), ingress({ namespaceSelector: { matchLabels: { team: 'a' } } })],
    [inShop(), ingress({ namespaceSelector: { matchLabels: { team: 'a' } } })]],
  ['PGTLS-K01', 'labels of a namespace that has them', [namespace('shop', { team: 'b' }), inShop(), ingress({ namespaceSelector: { matchLabels: { team: 'a' } } })],
    [namespace('shop', { team: 'a' }), inShop(), ingress({ namespaceSelector: { matchLabels: { team: 'a' } } })]],
  ['PGTLS-K01', 'the address of a pod is not known', [client(), ingress({ podSelector: labels('other') })], [client(), ingress({ ipBlock: { cidr: '10.0.0.0/8' } })]],
  ['PGTLS-K01', 'a label that a controller sets is not known', [client(), ingress({ podSelector: labels('other') })], [client(), ingress({ podSelector: { matchLabels: { 'pod-template-hash': 'x' } } })]],
  ['PGTLS-K01', 'a policy that selects other pods', [client(), ingress({ podSelector: labels('other') })], [client(), policy({ podSelector: labels('cache'), ingress: [] })]],
  ['PGTLS-K02', 'the pods of the server', [client(), egress()], [client(), egress(toServer)]],
  ['PGTLS-K02', 'the port of the pod, not of the Service', [client(), egress({ ...toServer, ports: [{ port: 5433 }] })], [client(), egress({ ...toServer, ports: [{ port: 'pg' }] })]],
  ['PGTLS-K02', 'another namespace', [inShop(), policy({ podSelector: {}, egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }, toServer] }, { namespace: 'shop' })],
    [inShop(), policy({ podSelector: {}, egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }, { to: [{ namespaceSelector: {} }] }] }, { namespace: 'shop' })]],
  ['PGTLS-K02', 'the network of the node', [client(), egress()], [client({}, { hostNetwork: true }), egress()]],
  ['PGTLS-K03', 'DNS', [client(), policy({ podSelector: labels('app'), egress: [toServer] })], [client(), egress(toServer)]],
  ['PGTLS-K03', 'TCP alone is not enough', [client(), policy({ podSelector: labels('app'), egress: [toServer, { ports: [{ port: 53 }] }] })],
    [client(), policy({ podSelector: labels('app'), egress: [toServer, { ports: [{ port: 5353, protocol: 'UDP' }] }] })]],
  ['PGTLS-K03', 'everything in the cluster', [client(), policy({ podSelector: labels('app'), egress: [toServer] })], [client(), policy({ podSelector: labels('app'), egress: [{ to: [{ namespaceSelector: {} }] }] })]],
])('%s: %s', (code, _, broken, met) => {
  expect(codes([...SERVER, ...broken])).toEqual([code]);
  expect(codes([...SERVER, ...met])).toEqual([]);
});

test('the network of a Postgres is asked about the clients of its app', () => {
  const app = (network?: PostgresNetwork) => {
    const chart = chartIn('shop');
    new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), network });
    const { apiVersion, kind, metadata, spec } = client({ namespace: 'web' }, {}, 'db.shop.svc') as Fields;
    new ApiObject(chart, 'web', { apiVersion: apiVersion as string, kind: kind as string, metadata: metadata as object, spec });
    return chart;
  };
  expect(refusal(app())).toContain("PGTLS-K01: the client in container 'app' (its environment) connects to 'db.shop.svc', but it is not admitted by NetworkPolicy 'db' at port 5432");
  expect(refusal(app(PostgresNetwork.restricted({ clients: [NetworkPeer.namespaces({ 'kubernetes.io/metadata.name': 'web' })] })))).toBe('');
});
