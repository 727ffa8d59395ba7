import { Size } from 'cdk8s';
import { CertificateAuthority, ClientAuthMode, ClientCa, PostgresMonitor, PostgresStorage, PostgresVersion, type PostgresProps } from '../../src';
import { FEATURES } from '../../src/postgres/features';
import { certificatePlan } from '../../src/postgres/plan/certificates';
import type { Contribution } from '../../src/postgres/plan/contribution';
import type { DatabasePlan } from '../../src/postgres/plan/database-plan';
import type { Feature } from '../../src/postgres/plan/feature';
import { networkRule } from '../../src/postgres/plan/network-rule';
import { HBA_RANK, PARAMETER_RANK } from '../../src/postgres/plan/rank';
import { socketAccess } from '../../src/postgres/plan/roles';
import { servicePlan } from '../../src/postgres/plan/services';
import { emptyDir } from '../../src/postgres/plan/volumes';
import { plannedObjects } from '../../src/postgres/resolve-plan';
import { POSTGRES_RULES } from '../../src/postgres/validation';
import { evaluateRules } from '../../src/rules';
import { planOf } from '../support/plan';
import { chartIn, type Manifest } from '../support/tree';

/** What every database needs. */
const NEEDED = { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }) };

/** A feature that this package does not have: something that ships an audit log, beside the database. */
const audit: Feature = {
  name: 'audit',
  containers: ['shipper'],
  resolve: (props, basics) => ({
    roles: [{ name: 'auditor', memberOf: ['pg_monitor'] }],
    ...socketAccess('auditor', HBA_RANK.POD + 20),
    parameters: [{ parameter: ['log_statement', 'ddl'], rank: PARAMETER_RANK.FEATURE }, { parameter: ['log_connections', true], rank: PARAMETER_RANK.FEATURE }],
    reservedParameters: { log_statement: 'audit decides it' },
    files: [{ name: 'shipper.yml', text: 'to: nowhere\n' }],
    volumes: [{ name: 'audit', mountPath: '/var/log/audit', users: ['postgres', 'shipper'], source: emptyDir() }],
    containers: [{ name: 'shipper', spec: { image: 'example.com/shipper:1.0' }, shares: ['run'] }],
    ports: [{ name: 'audit', number: 9999, container: 'shipper' }],
    variables: [{ container: 'shipper', variable: { name: 'PGUSER', value: 'auditor' } }, { container: 'reloader', variable: { name: 'AUDIT', value: 'on' } }],
    services: [servicePlan(basics, props, { id: 'audit-service', name: 'db-audit', port: { name: 'audit', number: 9999 } })],
    networkRules: [networkRule(props, { port: 'audit', byDefault: { podSelector: {} } })],
    alerts: [{ alert: 'AuditStopped', expr: 'absent(audit_up)', for: '5m', severity: 'warning', summary: 'no audit', needs: { source: 'shipper', series: 'audit_up' } }],
    objects: [{
      id: 'audit-policy', kind: 'AuditPolicy', name: 'db',
      manifest: ({ roles }) => ({ apiVersion: 'example.com/v1', kind: 'AuditPolicy', spec: { roles: roles.map(({ name }) => name) } }),
    }],
  }),
};

const withAudit = (props: Partial<PostgresProps> = {}): DatabasePlan => planOf(props, [...FEATURES, audit]);
const manifestsOf = (plan: DatabasePlan): Record<string, Manifest> =>
  JSON.parse(JSON.stringify(Object.fromEntries(plannedObjects(plan).map(({ id, manifest }) => [id, manifest(plan, undefined)]))));
const tls = (): Partial<PostgresProps> => ({ tls: { issuer: new CertificateAuthority(chartIn(), 'ca').issuer } });
const monitored = (): Partial<PostgresProps> => ({ ...tls(), monitor: PostgresMonitor.prometheus({ serviceMonitor: {}, alerts: {} }) });

test.each<[string, Partial<PostgresProps>]>([['plain', {}], ['with every feature', monitored()]])('the head of an object is its manifest without the body, its only other field: %s', (_, props) => {
  const plan = planOf(props);
  const withoutHead = plannedObjects(plan).filter(({ head }) => head === undefined).map(({ id }) => id);
  expect(withoutHead).toEqual(['service-account']);
  for (const { id, head, body: name = 'spec' } of plannedObjects(plan)) {
    const { [name]: body, ...rest } = manifestsOf(plan)[id]!;
    expect(body).toBeDefined();
    expect(Object.keys(rest).sort()).toEqual(['apiVersion', 'kind', 'metadata']);
    if (head) { expect(head(plan)).toEqual(rest); }
  }
});

describe('a feature in the list is in the manifests', () => {
  const manifests = manifestsOf(withAudit({ ...monitored(), podTemplate: {} }));
  const { template } = manifests['Resource'].spec;
  const containerOf = (name: string): Manifest => template.spec.containers.find((container: Manifest) => container.name === name);
  const { data } = manifests['config'];

  test('its container, after those of the database, restricted like them, with its port, its variable and its mounts', () => {
    expect(template.spec.containers.map(({ name }: Manifest) => name)).toEqual(['postgres', 'reloader', 'shipper', 'exporter']);
    expect(containerOf('shipper')).toMatchObject({
      image: 'example.com/shipper:1.0',
      env: [{ name: 'PGUSER', value: 'auditor' }],
      ports: [{ name: 'audit', containerPort: 9999, protocol: 'TCP' }],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    });
    expect(containerOf('shipper').volumeMounts.map(({ name, mountPath }: Manifest) => [name, mountPath])).toEqual([['config', '/etc/postgresql'], ['audit', '/var/log/audit'], ['run', '/var/run/postgresql']]);
  });

  test('its volume, in the containers that it is for', () => {
    expect(template.spec.volumes).toContainEqual({ name: 'audit', emptyDir: {} });
    const users = template.spec.containers.filter(({ volumeMounts }: Manifest) => volumeMounts.some(({ name }: Manifest) => name === 'audit')).map(({ name }: Manifest) => name);
    expect(users).toEqual(['postgres', 'shipper']);
  });

  test('its parameter and its file', () => {
    expect(data['postgresql.conf']).toContain("\nlog_statement = 'ddl'\nlog_connections = on\n");
    expect(data['shipper.yml']).toBe('to: nowhere\n');
  });

  test('its role: made, let in by its own row, and by no other', () => {
    const rows = data['pg_hba.conf'].split('\n').map((row: string) => row.replace(/ +/g, ' '));
    expect(rows.slice(1, 6)).toEqual([
      'local all postgres peer', 'local postgres postgres_reloader peer map=pod', 'hostssl postgres postgres_exporter 127.0.0.1/32 cert', 'local postgres auditor peer map=pod',
      'host all,replication postgres_reloader,auditor,postgres_exporter all reject',
    ]);
    expect(data['pg_ident.conf']).toMatch(/^pod +postgres +auditor$/m);
    expect(data['roles.sql']).toContain('GRANT pg_monitor TO auditor;');
  });

  test('its variable in a container of the engine', () => {
    expect(containerOf('reloader').env).toContainEqual({ name: 'AUDIT', value: 'on' });
  });

  test('its alert, and one where its series is absent', () => {
    const alerts: Manifest[] = manifests['alerts'].spec.groups[0].rules;
    expect(alerts).toContainEqual({ alert: 'AuditStopped', expr: 'absent(audit_up)', for: '5m', labels: { severity: 'warning' }, annotations: { summary: 'demo/db: no audit' } });
    expect(alerts.filter(({ alert }) => alert === 'PostgresMetricsMissing').map(({ labels, expr }) => [labels.source, expr])).toContainEqual(['shipper', 'absent(audit_up)']);
  });

  test('its Service, its port in the NetworkPolicy, and its object, which sees the whole plan', () => {
    expect(manifests['audit-service']).toMatchObject({ kind: 'Service', metadata: { name: 'db-audit' }, spec: { ports: [{ name: 'audit', port: 9999, targetPort: 'audit' }] } });
    expect(manifests['network-policy'].spec.ingress).toContainEqual({ from: [{ podSelector: {} }], ports: [{ port: 'audit', protocol: 'TCP' }] });
    expect(manifests['audit-policy'].spec.roles).toEqual(['postgres_reloader', 'auditor', 'postgres_exporter']);
  });

  test('what it has is taken from the user, by the rules that are there', () => {
    const found = (props: Partial<PostgresProps>): string[] => {
      return evaluateRules(POSTGRES_RULES, { props: { ...NEEDED, ...props }, plan: withAudit(props) }).map(({ rule: { code }, problem, fix }) => `${code}: ${problem}; ${fix}`);
    };
    expect(found({})).toEqual([]);
    expect(found({ parameters: { log_connections: 'on' } })).toEqual([expect.stringContaining("PGTLS-P22: parameter 'log_connections' cannot be set in parameters: audit sets it")]);
    expect(found({ parameters: { log_statement: 'all' } })).toEqual([expect.stringContaining("PGTLS-P22: parameter 'log_statement' cannot be set in parameters: audit decides it")]);
    expect(found({ monitor: PostgresMonitor.prometheus({ port: 9999 }) })).toEqual([expect.stringContaining('PGTLS-P40: monitor.port 9999 is not an unused port')]);
    expect(found({
      podTemplate: { containers: [{ name: 'shipper', image: 'a:1' }], volumes: [{ name: 'audit' }], volumeMounts: [{ name: 'x', mountPath: '/var/log' }] },
    }).filter((message) => message.startsWith('PGTLS-P30'))).toEqual([
      expect.stringContaining("volume 'audit' is reserved for this package"), expect.stringContaining("container 'shipper' is reserved for this package"),
      expect.stringContaining("mount path '/var/log' overlaps a mount path of this package"),
    ]);
  });
});

test('a feature with a client certificate has the client CA of the database made, which signs it', () => {
  const client: Feature = {
    name: 'client',
    resolve: (props, basics) => ({ certificates: [certificatePlan(basics, props, { alias: 'ship', identity: { commonName: 'auditor' } })], ...local('auditor', 150) }),
  };
  const props = { ...tls(), clientAuthMode: ClientAuthMode.SCRAM };
  expect(planOf(props).clientCa).toBeUndefined();
  const { clientCa, certificates } = planOf(props, [...FEATURES, client]);
  expect(clientCa).toMatchObject({ name: 'db-client-ca', secretName: 'db-client-ca-key-pair' });
  expect(certificates.at(-1)).toMatchObject({ alias: 'ship', name: 'db-ship-cert', secretName: 'db-ship-cert', issuer: undefined, spec: { commonName: 'auditor' } });
});

test.each<[string, () => Partial<PostgresProps>]>([
  ['without TLS', () => ({ monitor: PostgresMonitor.prometheus() })],
  ['with TLS', monitored],
  ['with a shared CA', () => ({ ...monitored(), tls: { ...tls().tls!, clientCa: ClientCa.shared(tls().tls!.issuer) } })],
])('the order of the list means nothing: %s', (_, props) => {
  const given = props();
  const written = (features: ReadonlyArray<Feature>) => JSON.stringify([manifestsOf(planOf(given, features)), planOf(given, features).certificates.map(({ name }) => name)]);
  const all = [...FEATURES, audit];
  expect(written([...all].reverse())).toBe(written(all));
  expect(written([...all.slice(5), ...all.slice(0, 5)])).toBe(written(all));
});

const made = (name: string, parts: Contribution): Feature => ({ name, resolve: () => parts });
const local = (user: string, rank: number): Contribution => ({ hbaRows: [{ rank, row: { type: 'local', databases: ['all'], users: [user], method: 'peer', options: [] } }] });
const volume = (name: string, mountPath: string, users: string[] = ['postgres']): Contribution => ({ volumes: [{ name, mountPath, users, source: emptyDir() }] });
const object = (id: string, kind: string, name: string): Contribution => ({ objects: [{ id, kind, name, manifest: () => ({}) }] });
const certificate = (alias: string, name: string): Contribution => ({ certificates: [{ alias, name, secretName: name, spec: {} }] });
const alert = (name: string): Contribution => ({ alerts: [{ alert: name, expr: '1', for: '0m', severity: 'warning', summary: '' }] });
const parameter = (name: string): Contribution => ({ parameters: [{ parameter: [name, 'on'], rank: PARAMETER_RANK.FEATURE }] });

describe('two features that do not fit are found, once', () => {
  test.each<[string, Contribution, Contribution]>([
    ["container 'x'", { containers: [{ name: 'x', spec: {} }] }, { containers: [{ name: 'x', spec: {} }] }],
    ["port 'x'", { ports: [{ name: 'x', number: 1001, container: 'reloader' }] }, { ports: [{ name: 'x', number: 1002, container: 'init' }] }],
    ['port 1001', { ports: [{ name: 'x', number: 1001, container: 'reloader' }] }, { ports: [{ name: 'y', number: 1001, container: 'init' }] }],
    ["volume 'x'", volume('x', '/a'), volume('x', '/b')],
    ["volume 'x'", volume('x', '/a'), { claims: [{ name: 'x', size: Size.gibibytes(1), accessMode: 'ReadWriteOnce', isDeleted: false }] }],
    ["mount path '/a'", volume('x', '/a'), volume('y', '/a')],
    ["mount path '/a/b'", volume('x', '/a'), volume('y', '/a/b')],
    ["mount path '/a'", volume('x', '/a/b'), volume('y', '/a')],
    ["parameter 'x.y'", parameter('x.y'), parameter('X.Y')],
    ["parameter 'x.y'", parameter('x.y'), { reservedParameters: { 'x.y': 'of another' } }],
    ["role 'x'", { roles: [{ name: 'x' }] }, { roles: [{ name: 'x' }] }],
    ["file 'x'", { files: [{ name: 'x', text: '' }] }, { files: [{ name: 'x', text: 'y' }] }],
    ["alert 'X'", alert('X'), alert('X')],
    ["object 'Secret x'", object('a', 'Secret', 'x'), object('b', 'Secret', 'x')],
    ["construct 'a'", object('a', 'Secret', 'x'), object('a', 'Secret', 'y')],
    ["object 'Certificate x'", certificate('a', 'x'), certificate('b', 'x')],
    ["certificate 'a'", certificate('a', 'x'), certificate('a', 'y')],
    ["variable 'A of container init'", { variables: [{ container: 'init', variable: { name: 'A', value: '1' } }] }, { variables: [{ container: 'init', variable: { name: 'A', value: '2' } }] }],
    ["resources of container 'x'", { resources: { x: {} } }, { resources: { x: {} } }],
    ["network rule of port 'x'", { networkRules: [{ port: 'x', from: [], isGiven: false }] }, { networkRules: [{ port: 'x', from: [], isGiven: false }] }],
    ["place in pg_hba.conf 150 ('local all x peer')", local('x', 150), local('x', 150)],
    ["place in pg_hba.conf 150 ('local all x peer')", local('all', 150), local('x', 150)],
    ['superuser Secret of the database', { superuserSecretName: 'x' }, { superuserSecretName: 'y' }],
  ])('%s', (what, one, other) => {
    expect(() => planOf({}, [...FEATURES, made('one', one), made('other', other)])).toThrow(new Error(`[db] the features 'one' and 'other' both have the ${what}; change it in one of them`));
    for (const parts of [one, other]) { expect(() => planOf({}, [...FEATURES, made('one', parts)])).not.toThrow(); }
  });

  test.each<[string, Contribution, Partial<PostgresProps>]>([
    ["'statefulset' and 'x' both have the container 'reloader'", { containers: [{ name: 'reloader', spec: {} }] }, {}],
    ["'monitoring' and 'x' both have the container 'exporter'", { containers: [{ name: 'exporter', spec: {} }] }, {}],
    ["'monitoring' and 'x' both have the port 9187", { ports: [{ name: 'x', number: 9187, container: 'init' }] }, { monitor: PostgresMonitor.prometheus() }],
    ["'statefulset' and 'x' both have the port 5432", { ports: [{ name: 'x', number: 5432, container: 'init' }] }, {}],
    ["'tls' and 'x' both have the parameter 'ssl'", parameter('ssl'), {}],
    ["'statefulset' and 'x' both have the mount path '/etc/postgresql/x'", volume('x', '/etc/postgresql/x'), {}],
    ["'access' and 'x' both have the place in pg_hba.conf 0 ('local all all peer')", local('all', HBA_RANK.SOCKET), {}],
  ])('with those of this package: %s', (message, parts, props) => {
    expect(() => planOf(props, [...FEATURES, made('x', parts)])).toThrow(new Error(`[db] the features ${message}; change it in one of them`));
  });

  test('and what is not the same is not found', () => {
    const fit = (one: Contribution, other: Contribution) => expect(() => planOf({}, [...FEATURES, made('one', one), made('other', other)])).not.toThrow();
    fit(volume('x', '/a', ['init']), volume('y', '/a', ['postgres']));
    fit(volume('x', '/a'), volume('y', '/ab'));
    fit(local('x', 150), local('y', 150));
    fit(local('x', 150), local('x', 151));
  });

  test.each<[string, Contribution]>([
    ["port 'x' is for container 'nothing', which no feature adds", { ports: [{ name: 'x', number: 1001, container: 'nothing' }] }],
    ["variable 'X' is for container 'nothing', which no feature adds", { variables: [{ container: 'nothing', variable: { name: 'X', value: '' } }] }],
    ["volume 'x' is for container 'nothing', which no feature adds", volume('x', '/x', ['postgres', 'nothing'])],
    ["container 'x' shares volume 'nothing', which no feature adds", { containers: [{ name: 'x', spec: {}, shares: ['run', 'nothing'] }] }],
    ["the row of role 'x' has rank 200, and roles of the pod are rejected from rank 200 on", { roles: [{ name: 'x' }], ...local('x', HBA_RANK.POD_END) }],
  ])('a feature that does not fit by itself: %s', (message, parts) => {
    expect(() => planOf({}, [...FEATURES, made('x', parts)])).toThrow(new Error(`[db] feature 'x': ${message}`));
  });

  test('two features of one name', () => {
    expect(() => planOf({}, [...FEATURES, made('tls', {})])).toThrow("[db] two features are named 'tls'; give one of them another name");
  });
});
