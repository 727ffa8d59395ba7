import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  AccessTable, Backup, BackupRepository, CertificateAuthority, HighAvailability, MemberSpread, PatroniOptions, Postgres, PostgresMonitor, PostgresProps,
  PostgresStorage, PostgresVersion, Recovery, TrustSource,
} from '../../src';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { refusal } from '../support/tree';

const IMAGE = 'registry.example/postgres-ha:18.6-4.1.5@sha256:0000000000000000000000000000000000000000000000000000000000000001';
const REPOSITORY = BackupRepository.volume({ size: Size.gibibytes(5) });
const BACKUP = Backup.pgBackRest({ version: '2.60.0', repository: REPOSITORY, schedule: { full: '0 1 * * 0' } });

function database(options: Partial<PatroniOptions> = {}, props: Partial<PostgresProps> = {}): { chart: Chart; db: Postgres } {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const ca = new CertificateAuthority(chart, 'ca');
  const db = new Postgres(chart, 'orders', {
    version: PostgresVersion.V18, tls: { issuer: ca.issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }),
    highAvailability: HighAvailability.patroni({ image: IMAGE, ...options }), ...props,
  });
  return { chart, db };
}

const of = (chart: Chart, kind: string, name: string) => chart.toJson().find((object) => object.kind === kind && object.metadata.name === name);
const patroniOf = (chart: Chart) => parse(of(chart, 'ConfigMap', 'orders-config').data['patroni.yml']);

describe('members with Patroni', () => {
  test('three pods of the given image, Patroni as process 1, and the token for the database container alone', () => {
    const { chart } = database();
    const { spec } = of(chart, 'StatefulSet', 'orders');
    const [postgres, reloader] = spec.template.spec.containers;
    expect(spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel', selector: { matchLabels: { 'cdk8s-postgres-tls/database': 'orders' } } });
    expect(spec.template.metadata.labels).toMatchObject({ 'cdk8s-postgres-tls/scope': 'orders-ha' });
    expect(postgres).toMatchObject({ image: IMAGE, command: ['patroni', '/etc/postgresql/patroni.yml'], readinessProbe: { httpGet: { path: '/readiness', scheme: 'HTTPS', port: 'patroni' } } });
    expect(postgres.lifecycle).toBeUndefined();
    // A leader that cannot load a certificate must stay in its Service.
    expect(reloader.readinessProbe).toBeUndefined();
    const containers: Array<{ readonly name: string; readonly volumeMounts: ReadonlyArray<{ readonly name: string }> }> = spec.template.spec.containers;
    const users = (volume: string) => containers.filter(({ volumeMounts }) => volumeMounts.some(({ name }) => name === volume)).map(({ name }) => name);
    expect(users('api-access')).toEqual(['postgres']);
    expect(users('standby-cert')).toEqual(['postgres']);
    expect(spec.template.spec).toMatchObject({ automountServiceAccountToken: false, affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] } } });
  });

  test('the scope meets no ConfigMap of the database, and the Role names the store and the pods', () => {
    const { chart } = database();
    expect(patroniOf(chart).scope).toBe('orders-ha');
    expect(chart.toJson().filter(({ kind }) => kind === 'ConfigMap').map(({ metadata: { name } }) => name)).toEqual(['orders-config']);
    expect(of(chart, 'Role', 'orders').rules).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'list', 'watch'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['orders-ha-config', 'orders-ha-failover', 'orders-ha-leader', 'orders-ha-sync'], verbs: ['get', 'patch'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
      { apiGroups: [''], resources: ['pods'], resourceNames: ['orders-0', 'orders-1', 'orders-2'], verbs: ['patch'] },
    ]);
    expect(of(chart, 'RoleBinding', 'orders')).toMatchObject({ roleRef: { name: 'orders' }, subjects: [{ kind: 'ServiceAccount', name: 'orders', namespace: 'shop' }] });
  });

  test('every connection of Patroni is verified in full, and the superuser is known by the socket alone', () => {
    const { restapi, ctl, postgresql } = patroniOf(database().chart);
    expect(restapi).toMatchObject({ verify_client: 'optional', cafile: '/tls/certs/member/ca.crt' });
    expect(ctl).toMatchObject({ cacert: '/tls/certs/member/ca.crt', certfile: '/tls/certs/member/tls.crt' });
    expect(postgresql).toMatchObject({ use_unix_socket: true, use_unix_socket_repl: true, custom_conf: '/etc/postgresql/postgresql.conf', parameters: { hba_file: '/etc/postgresql/pg_hba.conf' } });
    expect(postgresql.authentication).toEqual({
      superuser: { username: 'postgres' },
      replication: { username: 'postgres_standby', sslmode: 'verify-full', sslcert: '/tls/certs/standby/tls.crt', sslkey: '/tls/certs/standby/tls.key', sslrootcert: '/tls/certs/server-ca/ca.crt' },
      rewind: { username: 'postgres_rewind', sslmode: 'verify-full', sslcert: '/tls/certs/rewind/tls.crt', sslkey: '/tls/certs/rewind/tls.key', sslrootcert: '/tls/certs/server-ca/ca.crt' },
    });
  });

  test('the CA of the REST API signs the certificate of the members and nothing else', () => {
    const { chart, db } = database();
    db.addClient('shop');
    const signed = chart.toJson().filter(({ kind, spec }) => kind === 'Certificate' && spec.issuerRef.name === 'orders-members-ca').map(({ metadata: { name } }) => name);
    expect(signed).toEqual(['orders-member-cert']);
    expect(of(chart, 'Certificate', 'orders-member-cert').spec.dnsNames).toContain('*.orders-pods.shop.svc.cluster.local');
    expect(of(chart, 'Certificate', 'orders-standby-cert').spec).toMatchObject({ commonName: 'postgres_standby', issuerRef: { name: 'orders-client-ca' } });
  });

  test('what every member must have alike goes into the store; the rest stays a file', () => {
    const { dcs } = patroniOf(database({ ttl: Duration.seconds(20), loopWait: Duration.seconds(5), retryTimeout: Duration.seconds(5) }).chart).bootstrap;
    expect(dcs).toMatchObject({ ttl: 20, loop_wait: 5, retry_timeout: 5, failsafe_mode: true, synchronous_mode: true, postgresql: { use_slots: true, use_pg_rewind: true } });
    expect(Object.keys(dcs.postgresql.parameters)).toEqual(['max_connections']);
    expect(patroniOf(database({ members: 1 }).chart).bootstrap.dcs.synchronous_mode).toBe(false);
  });

  test('the Service of the leader and that of the replicas follow the labels of Patroni', () => {
    const { chart } = database();
    const { leader_label_value: leader, follower_label_value: follower, role_label: label } = patroniOf(chart).kubernetes;
    expect(of(chart, 'Service', 'orders').spec).toMatchObject({ selector: { [label]: leader } });
    expect(of(chart, 'Service', 'orders').spec.publishNotReadyAddresses).toBeUndefined();
    expect(of(chart, 'Service', 'orders-replicas').spec).toMatchObject({ selector: { [label]: follower } });
    expect(of(chart, 'Service', 'orders-pods').spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  });

  test('a client has the host of every member and finds the leader; a driver for one host has the Service', () => {
    const { chart, db } = database();
    const client = db.addClient('shop');
    const deployment = (name: string) => {
      const made = new Deployment(chart, name);
      made.addContainer({ name: 'app', image: 'registry.example/app:1' });
      return made;
    };
    const hosts = [0, 1, 2].map((ordinal) => `orders-${ordinal}.orders-pods.shop.svc.cluster.local`).join(',');
    expect(client.connect(deployment('web')).libpqEnvironment()).toMatchObject({ PGHOST: hosts, PGTARGETSESSIONATTRS: 'read-write', PGSSLMODE: 'verify-full' });
    expect(client.connect(deployment('node'), { singleHost: true }).libpqEnvironment()).toMatchObject({ PGHOST: 'orders.shop.svc.cluster.local' });
  });

  test('members reach each other, also where connections replace the default, and the API server', () => {
    const { chart, db } = database({ apiServerCidrs: ['10.0.0.1/32'], apiServerPorts: [6443] });
    const web = new Deployment(chart, 'web');
    web.addContainer({ name: 'app', image: 'registry.example/app:1' });
    db.addClient('shop').connect(web);
    const { ingress, egress } = of(chart, 'NetworkPolicy', 'orders').spec;
    const members = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'orders', 'cdk8s-postgres-tls/database': 'orders' } } };
    expect(ingress.map(({ ports }: { ports: Array<{ port: string | number }> }) => ports[0]!.port)).toEqual(['postgresql', 'patroni', 5432]);
    expect(ingress[0].from).not.toContainEqual(members);
    for (const { from } of ingress.slice(1)) { expect(from).toEqual([members]); }
    expect(egress).toContainEqual({ to: [members], ports: [{ port: 5432, protocol: 'TCP' }, { port: 8008, protocol: 'TCP' }] });
    expect(egress).toContainEqual({ to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [{ port: 6443, protocol: 'TCP' }] });
  });

  test('the rules see the server, its access rows and its members', () => {
    const { chart, db } = database({ spread: MemberSpread.PREFERRED, apiServerCas: TrustSource.fromConfigMapName('api-server') });
    db.addClient('shop');
    expect(refusal(chart)).toBe('');
    expect(AccessTable.of(chart).markdown()).toContain('postgres_standby');
  });

  test('alerts for the leader, the members, their lag and their volumes', () => {
    const { chart } = database({}, { monitor: PostgresMonitor.prometheus({ alerts: {} } as never) });
    const rules = of(chart, 'PrometheusRule', 'orders').spec.groups[0].rules as Array<{ alert: string; expr: string }>;
    expect(rules.map(({ alert }) => alert)).toEqual(expect.arrayContaining(['PostgresNoLeader', 'PostgresSeveralLeaders', 'PostgresMemberMissing', 'PostgresReplicaLag']));
    expect(rules.find(({ alert }) => alert === 'PostgresMemberMissing')!.expr).toContain('< 3');
    expect(rules.find(({ alert }) => alert === 'PostgresVolumeNearlyFull')!.expr).toContain('persistentvolumeclaim=~"data-orders-[0-9]+"');
  });

  test('connections are counted by member, and the slots that a replica keeps for the others are no alert', () => {
    const { chart } = database({}, { monitor: PostgresMonitor.prometheus({ alerts: {} } as never) });
    const rules = of(chart, 'PrometheusRule', 'orders').spec.groups[0].rules as Array<{ alert: string; expr: string }>;
    const expr = (name: string) => rules.find(({ alert }) => alert === name)!.expr;
    const own = '{namespace="shop",service="orders-stats"}';
    expect(expr('PostgresReplicationSlotInactive')).toBe(`pg_replication_slot_slot_is_active${own} == 0 and on (instance) pg_replication_is_replica${own} == 0`);
    expect(expr('PostgresConnectionsNearLimit')).toBe(`sum by (instance) (pg_stat_activity_count${own}) / max by (instance) (pg_settings_max_connections${own}) > 0.8`);
  });

  test('an image is required', () => {
    expect(() => HighAvailability.patroni({} as PatroniOptions)).toThrow('image');
  });

  test.each<[Partial<PatroniOptions>, string]>([
    [{ members: 0 }, 'PGTLS-P130: members 0 is not a whole number from 1 on'],
    [{ ttl: Duration.millis(30_500) }, 'PGTLS-P130: ttl is 30500 ms'],
    [{ ttl: Duration.seconds(25) }, 'PGTLS-P130: ttl is 25 seconds, but loopWait and twice retryTimeout are 30'],
    [{ apiServerCidrs: [] }, 'PGTLS-P130: apiServerCidrs is empty'],
    [{ apiServerCidrs: ['10.0.0.1'] }, "PGTLS-P130: apiServerCidrs: '10.0.0.1' is not a network"],
    [{ apiServerPorts: [0] }, 'PGTLS-P130: apiServerPorts is [0]'],
    [{ members: 2 }, 'PGTLS-P131: members is 2'],
    [{ members: 4 }, 'PGTLS-P131: members is 4, which tolerates no more failures than 3'],
    [{ members: 1, synchronous: true }, 'PGTLS-P132: synchronous is true, but there is one member'],
  ])('%p is refused', (options, problem) => {
    expect(refusal(database(options).chart)).toContain(problem);
  });

  test('a database whose ConfigMap is in the store of another one is refused; one beside it is not', () => {
    const beside = (name: string) => {
      const { chart } = database();
      new Postgres(chart, name, { version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'other').issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }) });
      return refusal(chart);
    };
    expect(beside('orders-ha')).toContain("PGTLS-N02: ConfigMap 'orders-ha-config' in namespace 'shop' is a part of the store that Patroni creates for database 'orders'");
    expect(beside('orders-hb')).toBe('');
  });

  test('two members with consent are accepted', () => {
    expect(refusal(database({ members: 2, evenMembers: true }).chart)).toBe('');
  });

  test.each<[Partial<PostgresProps>, string]>([
    [{ version: PostgresVersion.V15 }, 'PGTLS-P135: version is not possible with highAvailability'],
    [{ storage: PostgresStorage.durable({ size: Size.gibibytes(10), wal: { size: Size.gibibytes(2) } }) }, 'PGTLS-P135: storage.wal is not possible with highAvailability'],
    [{ backup: BACKUP }, 'PGTLS-P135: backup is not possible with highAvailability'],
    [{ recovery: Recovery.from({ version: '2.60.0', repository: REPOSITORY, database: 'former' }) }, 'PGTLS-P135: recovery is not possible with highAvailability'],
    [{ parameters: { wal_level: 'minimal', max_wal_senders: '0' } }, "PGTLS-P130: parameter 'wal_level' is 'minimal', but replicas need replica or logical"],
    [{ parameters: { max_wal_senders: '2' } }, "PGTLS-P130: parameter 'max_wal_senders' is '2', but the least is 3"],
    [{ parameters: { wal_keep_size: '8MB' } }, "PGTLS-P130: parameter 'wal_keep_size' is '8MB', but the least is 16MB"],
    [{ podTemplate: { labels: { 'cdk8s-postgres-tls/scope': 'x' } } }, "PGTLS-P30: podTemplate: label 'cdk8s-postgres-tls/scope' is reserved"],
    [{ parameters: { synchronous_standby_names: '*' } }, 'Patroni sets it'],
  ])('property %# is refused', (props, problem) => {
    expect(refusal(database({}, props).chart)).toContain(problem);
  });
});

testWithSchemas('its objects fit the API schemas, also with fields of the pod that are given', () => {
  const variants = [database(), database({ apiServerCas: TrustSource.fromConfigMapName('api'), spread: MemberSpread.PREFERRED }, {
    podTemplate: { priorityClassName: 'high' }, monitor: PostgresMonitor.prometheus({ alerts: {} }),
  })];
  const objects = variants.flatMap(({ chart }) => Testing.synth(chart));
  expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Role', 'RoleBinding', 'StatefulSet', 'PrometheusRule']));
  for (const release of ['1.27.0', '1.36.0'] as const) { expect(objects.flatMap((object) => validateManifest(object, release))).toEqual([]); }
});
