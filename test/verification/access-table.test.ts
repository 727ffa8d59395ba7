import { App } from 'cdk8s';
import { AccessMethod, AccessOutcome, AccessRule, AccessTable, CertificateAuthority, NetworkPeer, Postgres, PostgresMonitor, PostgresNetwork, PostgresProps, PostgresServiceType, PostgresStorage, PostgresVersion } from '../../src';
import { access } from '../../src/cli/access';
import { toManifest } from '../../src/kubernetes';
import { clusterAssumptions, IssuanceGraph } from '../../src/pki';
import { accessTableRows } from '../../src/verification';
import { serverAccesses } from '../../src/workloads';
import { configMap, database, type Fields, mount, object } from '../fixtures';
import { chartIn } from '../support/tree';

function databaseIn(props: Partial<PostgresProps> = {}, namespace = 'demo', app = new App()): Postgres {
  const chart = chartIn(namespace, namespace, app);
  return new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, ...props });
}

/** Places from which a role is not rejected, by database. */
const reached = (db: Postgres, role: string | undefined) => AccessTable.of(db).rows().filter((row) => !row.isRemainder && row.role === role)
  .map(({ what, from }) => [what, from.map(({ place }) => place)]);

test('a client reaches its databases and no other; the superuser and the roles of the pod get in inside the pod alone', () => {
  const db = databaseIn({ monitor: PostgresMonitor.prometheus() });
  db.addClient('orders');
  db.addClient('billing');
  const everywhere = ['inside the pod (TCP)', "inside the pod (the pod's address)", "the pod's node", "every pod of namespace 'demo'"];
  expect(reached(db, 'orders')).toEqual([["'orders'", everywhere]]);
  expect(reached(db, 'billing')).toEqual([["'billing'", everywhere]]);
  expect(reached(db, 'postgres')).toEqual([['every database', ['inside the pod (socket)']]]);
  expect(reached(db, 'postgres_reloader')).toEqual([["'postgres'", ['inside the pod (socket)']]]);
  expect(reached(db, 'postgres_exporter')).toEqual([["'postgres'", ['inside the pod (TCP)']]]);
  expect(reached(db, undefined)).toEqual([]);
});

test('the table has the servers of the construct alone', () => {
  const app = new App();
  const [one, other] = [databaseIn({}, 'one', app), databaseIn({}, 'other', app)];
  const servers = (table: AccessTable) => [...new Set(table.rows().map(({ server }) => server))];
  expect(servers(AccessTable.of(one))).toEqual(["StatefulSet 'db' in namespace 'one'"]);
  expect(servers(AccessTable.of(other))).toEqual(["StatefulSet 'db' in namespace 'other'"]);
  expect(servers(AccessTable.of(app))).toHaveLength(2);
});

test('peers of the NetworkPolicy are in words, and a published Service is named', () => {
  const peers = [NetworkPeer.pods({ app: 'shop' }), NetworkPeer.podsInNamespaces({ app: 'a' }, { team: 'b' }), NetworkPeer.anywhere(), NetworkPeer.network('203.0.113.0/24')];
  const db = databaseIn({
    network: PostgresNetwork.restricted({ clients: peers }), services: { primary: { type: PostgresServiceType.LOAD_BALANCER, externalTrafficPolicy: 'Local' } as never },
  });
  db.addClient('orders');
  expect(reached(db, 'orders')[0]![1]!.slice(3)).toEqual([
    "pods with app=shop of namespace 'demo'", 'pods with app=a of namespaces with team=b', 'every pod of the cluster', "network 203.0.113.0/24 (also through LoadBalancer Service 'db')",
  ]);
});

test('without a NetworkPolicy, everything reaches the pod', () => {
  const db = databaseIn({ network: PostgresNetwork.unrestricted() });
  db.addClient('orders');
  expect(reached(db, 'orders')[0]![1]!.at(-1)).toBe('every pod and every network that reaches the pod');
  expect(AccessTable.of(db).rows().at(-1)!.reason).not.toMatch(/NetworkPolicy/);
});

test('a group of which others may be members is unknown, and the reason names the row', () => {
  const db = databaseIn({ accessRules: [AccessRule.hostssl({ users: ['+dba'], databases: ['orders'], method: AccessMethod.scram() })] });
  db.addRole('dba');
  db.addClient('orders');
  const rows = AccessTable.of(db).rows().filter(({ outcome }) => outcome === AccessOutcome.UNKNOWN);
  expect(rows).toEqual([expect.objectContaining({ role: undefined, databases: ['orders'], reason: "whether the row 'hostssl orders +dba all scram-sha-256' matches depends on memberships" })]);
});

/** The rows for a server of the official image with a pg_hba.conf. */
function rowsOf(hba: string | undefined, ...others: Fields[]) {
  const server = database({ args: ['-c', 'hba_file=/config/pg_hba.conf'], volumeMounts: [mount('config', '/config')] }, { volumes: [{ name: 'config', configMap: { name: 'config' } }] });
  const documents = [server, ...(hba === undefined ? [] : [configMap({ 'pg_hba.conf': hba })]), ...others];
  return serverAccesses(new IssuanceGraph(documents.map((document, index) => toManifest(`${index}`, document as never)), clusterAssumptions())).flatMap(accessTableRows);
}

test.each<[string, string | undefined, string]>([
  ['that is not visible', undefined, 'pg_hba.conf is not visible'],
  ['with an include', 'include_dir more.d', 'pg_hba.conf names other files'],
  ['that PostgreSQL refuses', 'host all all all cert', "PostgreSQL refuses pg_hba.conf, whose row 'host all all all cert' has the method 'cert', which only a hostssl row may have"],
])('nothing is called rejected by a pg_hba.conf %s', (_, hba, reason) => {
  expect(rowsOf(hba).map((row) => [row.outcome, row.reason])).toEqual([[AccessOutcome.UNKNOWN, reason]]);
});

test('a host name in a row is unknown, also where a later row rejects', () => {
  const rows = rowsOf('host orders app db.example.com trust\nhost all all all reject').filter(({ role }) => role === 'app');
  expect(rows.map(({ outcome, databases, reason }) => [outcome, databases, reason])).toEqual([
    [AccessOutcome.UNKNOWN, ['orders'], "whether the row 'host orders app db.example.com trust' matches depends on the address of a host name"],
  ]);
});

test('a policy that selects by labels of controllers leaves it unknown who gets there', () => {
  const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'odd', { spec: { podSelector: { matchLabels: { 'controller-revision-hash': 'x' } }, ingress: [] } });
  const rows = rowsOf('host all all all scram-sha-256', policy).filter(({ from }) => from.some(({ place }) => place.startsWith('every pod')));
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toContainEqual([AccessOutcome.UNKNOWN, "NetworkPolicy 'odd' may select the pod by labels that controllers add"]);
});

test('the command has the rows that the constructs have', () => {
  const line = { paths: ['dist/quickstart.k8s.yaml'], config: undefined, ignore: [], format: 'json' as const, together: false, allowEmpty: false };
  const { text, exitCode, notes } = access(line, process.cwd());
  expect([exitCode, notes]).toEqual([0, [expect.stringMatching(/^read \d+ manifests in 1 file$/)]]);
  expect((JSON.parse(text) as { rows: object[] }).rows).toContainEqual(expect.objectContaining({ role: 'postgres', outcome: 'admitted', method: 'cert', until: '90 days after its issue, renewed' }));
  expect(() => access({ ...line, format: 'sarif' }, process.cwd())).toThrow("the format 'sarif' does not apply to access");
});
