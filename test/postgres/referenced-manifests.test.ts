import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Deployment, Secret } from 'cdk8s-plus-27';
import { stringify } from 'yaml';
import {
  AccessMethod, AccessRule, CertificateAuthority, ClientCa, ClientConfigMap, ClientPassword, ClientPrivileges, ClusterIssuer, DeclaredState, Issuer, Manifests,
  NetworkPeer, Postgres, PostgresManifests, PostgresNetwork, PostgresProps, PostgresStorage, PostgresVersion, PrivateKey, ReferencedPostgres, ServerNames,
  ServiceBinding, Severity, SslMode, TrustSource, Validation,
} from '../../src';
import { chartIn, type Manifest, refusal, written } from '../support/tree';

/** The committed YAML of a database `orders-db` in namespace `demo`, as another repository has it. */
function committed(props: Partial<PostgresProps> = {}, declare: (db: Postgres, chart: Chart) => void = ORDERS, name = 'orders-db', namespace = 'demo'): string {
  const chart = chartIn(namespace);
  const tls = 'tls' in props ? {} : { tls: { issuer: new CertificateAuthority(chart, `${name}-ca`).issuer } };
  declare(new Postgres(chart, name, { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), ...tls, ...props }), chart);
  return yamlOf(Testing.synth(chart));
}

const ORDERS = (db: Postgres): void => {
  db.addDatabase('stock');
  db.addClient('orders');
  db.addClient('shop', { databases: ['orders', 'stock'], privileges: ClientPrivileges.readWrite() });
};

const yamlOf = (documents: Manifest[]): string => documents.map((document) => stringify(document, { version: '1.1' })).join('---\n');

const withClusterCa = (): string => {
  const clientCa = ClientCa.clusterScoped();
  return committed({ tls: { issuer: Issuer.fromIssuerName(chartIn(), 'ca', 'orders-db-ca'), clientCa } }, (db) => {
    Validation.of(db).acknowledge('PGTLS-E14', 'a policy restricts the issuer');
    ORDERS(db);
  });
};

const referenced = (yaml: string, given: Omit<PostgresManifests, 'yaml'> = {}, chart = chartIn()): ReferencedPostgres => Postgres.fromPostgresManifests(chart, 'orders', { yaml, ...given });

describe('what manifests show of a database', () => {
  test('names, host, CAs and the issuer of clients', () => {
    const db = referenced(committed());
    expect(db).toMatchObject({
      name: 'orders-db', namespace: 'demo', sslMode: SslMode.VERIFY_FULL, endpoint: { host: 'orders-db.demo.svc.cluster.local', port: 5432 },
      trustedServerCas: { secretName: 'orders-db-server-cert', key: 'ca.crt' },
      clientIssuer: { issuerKind: 'Issuer', issuerName: 'orders-db-client-ca', issuerNamespace: 'demo' },
    });
  });

  test('they are neither written nor checked', () => {
    const chart = chartIn();
    const broken = committed().replace('commonName: orders-db\n', `commonName: ${'x'.repeat(70)}\n`);
    expect(Manifests.fromYaml({ 'db.yaml': broken }).validate().filter(({ severity }) => severity === Severity.ERROR)).toHaveLength(1);
    referenced(broken, {}, chart);
    expect(refusal(chart)).toBe('');
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('files may have more than the database', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    try {
      const files = [join(folder, 'db.yaml'), join(folder, 'other.yaml')];
      writeFileSync(files[0]!, committed());
      writeFileSync(files[1]!, yamlOf([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } }]));
      expect(Postgres.fromPostgresManifests(chartIn('shop'), 'orders', { files })).toMatchObject({ name: 'orders-db', namespace: 'demo' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a client CA for all namespaces, another cluster domain, and a Secret of another name', () => {
    expect(referenced(withClusterCa()).clientIssuer).toMatchObject({ issuerKind: 'ClusterIssuer', issuerName: 'orders-db-client-ca', issuerNamespace: undefined });
    expect(referenced(committed({ clusterDomain: 'corp.example' })).endpoint.host).toBe('orders-db.demo.svc.corp.example');
    const chart = chartIn();
    const tls = { issuer: new CertificateAuthority(chart, 'ca').issuer, certificates: { server: { secretName: 'server-tls' } } };
    expect(referenced(committed({ tls })).trustedServerCas).toMatchObject({ secretName: 'server-tls' });
  });

  test('a shared issuer of clients, and a public CA of the server', () => {
    const chart = chartIn();
    const acme = ClusterIssuer.fromClusterIssuerName(chart, 'acme', 'acme', { providesCaCertificate: false });
    const tls = { issuer: acme, serverNames: ServerNames.only(['db.example.org']), clientCa: ClientCa.shared(Issuer.fromIssuerName(chart, 'clients', 'clients')) };
    const acmeIssuer = stringify({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'acme' }, spec: { acme: { server: 'https://acme.example.org', privateKeySecretRef: { name: 'key' } } } });
    const db = referenced(`${committed({ tls })}---\n${acmeIssuer}`);
    expect(db).toMatchObject({ endpoint: { host: 'db.example.org' }, trustedServerCas: undefined, clientIssuer: { issuerKind: 'Issuer', issuerName: 'clients', issuerNamespace: 'demo' } });
  });

  test('without TLS', () => {
    const db = referenced(committed({ tls: undefined }, () => undefined));
    expect(db).toMatchObject({ sslMode: SslMode.DISABLE, trustedServerCas: undefined, clientIssuer: undefined, endpoint: { host: 'orders-db.demo.svc.cluster.local' } });
  });

  test('what is given replaces what is shown', () => {
    const chart = chartIn('shop');
    const clientIssuer = ClusterIssuer.fromClusterIssuerName(chart, 'clients', 'clients');
    const trustedServerCas = TrustSource.fromConfigMapName('roots');
    expect(referenced(committed(), { clientIssuer, trustedServerCas, host: 'orders-db.demo.svc' }, chart)).toMatchObject({ clientIssuer, trustedServerCas, endpoint: { host: 'orders-db.demo.svc' } });
  });
});

describe('manifests that are refused', () => {
  const two = () => `${committed()}---\n${committed({}, ORDERS, 'stock-db')}`;

  test.each<[string, PostgresManifests, string]>([
    ['nothing', {}, '[chart/orders] neither files nor yaml is given; give the manifests of the database'],
    ['no database', { yaml: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: demo }\n' },
      '[chart/orders] none of the 1 manifests is a database of this package (a StatefulSet with the label cdk8s-postgres-tls/database); give the files that a Postgres wrote, or use fromPostgresAttributes'],
    ['two databases', { yaml: two() }, "[chart/orders] the manifests have 2 databases: 'orders-db' in namespace 'demo', 'stock-db' in namespace 'demo'; set name"],
    ['two of one name', { yaml: `${committed()}---\n${committed({}, ORDERS, 'orders-db', 'stage')}`, name: 'orders-db' },
      "[chart/orders] the manifests have 2 databases: 'orders-db' in namespace 'demo', 'orders-db' in namespace 'stage'; set name and namespace"],
    ['another name', { yaml: committed(), name: 'order-db' }, "[chart/orders] the manifests have no database 'order-db', but 'orders-db' in namespace 'demo'"],
    ['another namespace', { yaml: committed(), namespace: 'stage' }, "[chart/orders] the manifests have no database in namespace 'stage', but 'orders-db' in namespace 'demo'"],
    ['a host that is not on the certificate', { yaml: committed(), host: 'db.example.org' }, "[chart/orders] host 'db.example.org' is not on the certificate of database 'orders-db', which has "],
  ])('%s', (_, given, message) => {
    const chart = chartIn();
    expect(() => Postgres.fromPostgresManifests(chart, 'orders', given)).toThrow(message);
    expect(chart.node.tryFindChild('orders')).toBeUndefined();
  });

  test.each<[string, string, string]>([
    ['ConfigMap', 'orders-db-config', "the configuration of database orders-db in namespace 'demo' is not among the manifests (ConfigMap 'orders-db-config', pg_hba.conf); give all files of the database"],
    ['Certificate', 'orders-db-server-cert', "the Certificate of the server of database orders-db in namespace 'demo' is not among the manifests; give all files of the database"],
    ['Service', 'orders-db', "the manifests have no Service 'orders-db' in namespace 'demo'; give all files of the database"],
  ])('those without its %s', (kind, name, message) => {
    const rest = committed().split('---\n').filter((text) => !(text.includes(`kind: ${kind}\n`) && new RegExp(`^  name: ${name}$`, 'm').test(text))).join('---\n');
    expect(() => referenced(rest)).toThrow(`[chart/orders] ${message}`);
  });

  test('several names without that of the Service, until one is chosen', () => {
    const chart = chartIn();
    const names = ServerNames.only(['a.example.org', 'b.example.org']);
    const yaml = committed({ tls: { issuer: new CertificateAuthority(chart, 'ca').issuer, serverNames: names } });
    expect(() => referenced(yaml)).toThrow("[chart/orders] the certificate of database 'orders-db' has several names: 'a.example.org', 'b.example.org'; set host to the one that applications use");
    expect(referenced(yaml, { host: 'b.example.org' }).endpoint.host).toBe('b.example.org');
  });

  test('of two databases the named one is read', () => {
    expect(referenced(two(), { name: 'stock-db' })).toMatchObject({ name: 'stock-db', clientIssuer: { issuerName: 'stock-db-client-ca' } });
  });
});

describe('a client of a database that manifests show', () => {
  test('in the namespace of the database it has the Secret that exists there', () => {
    const chart = chartIn();
    const client = referenced(committed(), {}, chart).client('orders');
    expect(client).toMatchObject({ role: 'orders', databases: ['orders'], certificate: { secretName: 'orders-db-client-orders-cert', secretNamespace: 'demo' } });
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('in another namespace it has a certificate of its own from a client CA for all namespaces', () => {
    const chart = chartIn('shop');
    const client = referenced(withClusterCa(), {}, chart).client('shop', { database: 'stock', certificate: { privateKey: PrivateKey.rsa(2048) } });
    expect(client).toMatchObject({ databases: ['stock'], certificate: { secretName: 'orders-db-client-shop-app-cert', secretNamespace: 'shop' } });
    expect(written(chart, 'Certificate')).toMatchObject({
      metadata: { name: 'orders-db-client-shop-app-cert', namespace: 'shop' },
      spec: {
        commonName: 'shop', secretName: 'orders-db-client-shop-app-cert', issuerRef: { kind: 'ClusterIssuer', name: 'orders-db-client-ca' }, privateKey: { algorithm: 'RSA' },
        usages: ['digital signature', 'key encipherment', 'client auth'],
      },
    });
  });

  test('its outputs are those of any client', () => {
    const chart = chartIn('shop');
    const client = referenced(withClusterCa(), {}, chart).client('orders');
    new ClientConfigMap(chart, 'config', { client, trustedServerCas: TrustSource.fromConfigMapName('orders-roots') });
    expect(written(chart, 'ConfigMap', 'config').data).toMatchObject({ PGHOST: 'orders-db.demo.svc.cluster.local', PGUSER: 'orders', PGDATABASE: 'orders', PGSSLMODE: 'verify-full' });
    expect(() => new ServiceBinding(chart, 'binding', { client })).toThrow('[chart/binding] trustedServerCas is not set');
  });

  test.each<[string, string, Parameters<ReferencedPostgres['client']>[1], string]>([
    ['a role that is not declared', 'order', {},
      "role 'order' is not declared by database 'orders-db', which has 'batch', 'orders', 'shop'; give 'orders' if that is meant, or declare it there: addClient('order')"],
    ['a role that is removed', 'old', {}, "role 'old' is removed by database 'orders-db' (DeclaredState.absent); declare it there again"],
    ['a group', 'staff', {}, "role 'staff' of database 'orders-db' cannot log in; declare a client there: addClient"],
    ['a database that is not declared', 'orders', { database: 'sales' },
      "database 'sales' is not declared by 'orders-db', which has 'stock', 'orders'; declare it there: addDatabase('sales')"],
    ['a database of other clients', 'orders', { databases: ['orders', 'stock'] },
      "pg_hba.conf of database 'orders-db' rejects role 'orders' for database 'stock'; let the client have it there: addClient('orders', { databases: […] })"],
    ['a role that pg_hba.conf rejects everywhere', 'batch', {}, "pg_hba.conf of database 'orders-db' rejects role 'batch' for every database; declare its databases there"],
    ['a password where a certificate is needed', 'orders', { password: ClientPassword.fromSecret(Secret.fromSecretName(chartIn(), 's', 's')) }, "password is set, but client 'orders' logs in with a certificate; leave it out"],
  ])('%s is refused', (_, role, options, message) => {
    const db = referenced(committed({}, (there) => {
      ORDERS(there);
      there.addClient('old', { database: 'stock', privileges: ClientPrivileges.readOnly(), state: DeclaredState.absent({ dropOwned: true }) });
      there.addRole('staff');
      there.addRole('batch', { login: true });
    }));
    expect(() => db.client(role, options)).toThrow(`[chart/orders] ${message}`);
    expect(db.node.children.map(({ node }) => node.id)).toEqual(['client-issuer']);
  });

  test('a database without declarations has no clients', () => {
    expect(() => referenced(committed({}, () => undefined)).client('orders')).toThrow("[chart/orders] role 'orders' is not declared by database 'orders-db', which declares no clients; declare it there: addClient('orders')");
  });

  test('several databases are a choice, unless one has the name of the client', () => {
    const chart = chartIn();
    expect(() => referenced(committed(), {}, chart).client('shop')).toThrow("[chart/orders] client 'shop' may connect to 'stock', 'orders'; set database or databases");
    expect(referenced(committed(), {}, chartIn()).client('shop', { databases: ['stock', 'orders'] }).databases).toEqual(['stock', 'orders']);
    const own = committed({}, (db) => { db.addDatabase('orders'); db.addDatabase('shop'); db.addClient('shop', { databases: ['orders', 'shop'], privileges: ClientPrivileges.readOnly() }); });
    expect(referenced(own).client('shop').databases).toEqual(['shop']);
  });

  test('an issuer of the namespace of the database cannot be used in another one', () => {
    const chart = chartIn('shop');
    const db = referenced(committed(), {}, chart);
    expect(() => db.client('orders')).toThrow("[chart/orders] role 'orders' needs a certificate from Issuer 'orders-db-client-ca' in namespace 'demo', which cannot be used in namespace 'shop'; let the database have "
      + 'a client CA for all namespaces (tls.clientCa: ClientCa.clusterScoped), use the namespace of the database');
    expect(db.client('orders', { secretName: 'from-elsewhere' }).certificate).toMatchObject({ secretName: 'from-elsewhere', secretNamespace: 'shop' });
    expect(() => db.client('orders')).toThrow("[chart/orders] client 'orders' was made by an earlier call of client; use what that call returned");
  });

  test('a client with a password has it in a Secret of this namespace', () => {
    const yaml = committed({}, (db, chart) => { db.addClient('legacy', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'legacy-auth')) }); });
    const chart = chartIn('shop');
    const db = referenced(yaml, {}, chart);
    expect(() => db.client('legacy')).toThrow("[chart/orders] password is not set, and client 'legacy' logs in with one; give ClientPassword.fromSecret with a Secret of this namespace");
    const password = ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'own-auth'));
    expect(db.client('legacy', { password })).toMatchObject({ certificate: undefined, _password: { secretName: 'own-auth' } });
  });

  test('an access rule for a declared role counts', () => {
    const yaml = committed({ accessRules: [AccessRule.hostssl({ databases: ['stock'], users: ['batch'], method: AccessMethod.cert() })] }, (db) => {
      ORDERS(db);
      db.addRole('batch', { login: true });
    });
    expect(referenced(yaml).client('batch').databases).toEqual(['stock']);
  });
});

describe('a client of a database that is known by values', () => {
  test('has a certificate from its issuer; nothing else is checked', () => {
    const chart = chartIn('shop');
    const db = Postgres.fromPostgresAttributes(chart, 'orders', { name: 'orders-db', namespace: 'demo', clientIssuer: ClusterIssuer.fromClusterIssuerName(chart, 'ca', 'orders-db-client-ca') });
    expect(db.client('orders')).toMatchObject({ databases: ['orders'], certificate: { secretName: 'orders-db-client-orders-app-cert' } });
    expect(db.client('shop', { databases: ['orders', 'stock'], secretName: 'shop-cert' })).toMatchObject({ databases: ['orders', 'stock'], certificate: { secretName: 'shop-cert' } });
    expect(written(chart, 'Certificate').spec.commonName).toBe('orders');
  });

  test('without an issuer it needs a Secret', () => {
    const db = Postgres.fromPostgresAttributes(chartIn('shop'), 'orders', { name: 'orders-db', namespace: 'demo' });
    expect(() => db.client('orders')).toThrow("[chart/orders] clientIssuer is not known, so no certificate can be issued for role 'orders'; set clientIssuer, or secretName to a Secret with its certificate");
  });

  test('an Issuer of another namespace cannot be used', () => {
    const chart = chartIn('shop');
    const clientIssuer = Issuer.fromIssuerName(chart, 'ca', 'orders-db-client-ca', { namespace: 'demo' });
    expect(() => Postgres.fromPostgresAttributes(chart, 'orders', { name: 'orders-db', namespace: 'demo', clientIssuer }).client('orders')).toThrow("which cannot be used in namespace 'shop'");
  });
});

describe('the validation of the app knows the server', () => {
  /** A pod of the app that connects with the variables of a client's ConfigMap. */
  function appWith(yaml: string, changes: Record<string, string> = {}, namespace = 'demo'): Chart {
    const chart = chartIn(namespace, 'app', new App());
    const client = referenced(yaml, {}, chart).client('orders');
    const config = new ClientConfigMap(chart, 'config', { client, ...(namespace === 'demo' ? {} : { trustedServerCas: TrustSource.fromConfigMapName('roots') }) });
    const data = { ...written(chart, 'ConfigMap', 'config').data, ...changes };
    new ApiObject(chart, 'pod', {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app', namespace, labels: { app: 'orders' } },
      spec: {
        securityContext: { runAsUser: 1000, fsGroup: 1000 },
        volumes: [config.volume],
        containers: [{ name: 'app', image: 'docker.io/library/postgres:18.4', command: ['psql'], env: Object.entries(data).map(([name, value]) => ({ name, value })), volumeMounts: [config.volumeMount] }],
      },
    });
    return chart;
  }

  const networkFor = (app: string): Partial<PostgresProps> => ({ network: PostgresNetwork.restricted({ clients: [NetworkPeer.pods({ app })] }) });
  const open = networkFor('orders');

  test('a connection that the server admits has no finding', () => {
    expect(refusal(appWith(committed(open)))).toBe('');
  });

  test.each<[string, string, Record<string, string>, string]>([
    ['its NetworkPolicy', committed(networkFor('other')), {}, "but it is not admitted by NetworkPolicy 'orders-db'"],
    ['its pg_hba.conf', committed(open), { PGDATABASE: 'stock' }, 'pg_hba.conf'],
    ['the role of its certificate', committed(open), { PGUSER: 'shop' }, "commonName is 'orders'"],
    ['its port', committed(open), { PGPORT: '6432' }, '6432'],
  ])('%s refuses the client, at the client', (_, yaml, changes, message) => {
    const error = refusal(appWith(yaml, changes));
    expect(error).toContain(message);
    expect(error).toContain('[app/pod]');
    expect(error).not.toContain('orders-db-config');
  });

  test('of an object that the app writes itself, the committed one does not count', () => {
    const chart = chartIn('demo', 'app', new App());
    const yaml = committed();
    referenced(yaml, {}, chart);
    new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'orders-db', namespace: 'demo' } });
    expect(refusal(chart)).toBe('');
  });

  test('connect wires a workload, and its pods are checked against the committed server', () => {
    const wired = (yaml: string, database?: string): Chart => {
      const chart = chartIn('demo', 'app', new App());
      const deployment = new Deployment(chart, 'shop', {
        podMetadata: { labels: { app: 'orders' } }, securityContext: { user: 1000, group: 1000, fsGroup: 1000 }, containers: [{ image: 'docker.io/library/postgres:18.4', command: ['psql'] }],
      });
      referenced(yaml, {}, chart).client('shop', { databases: ['orders', 'stock'] }).connect(deployment, { database });
      return chart;
    };
    const chart = wired(committed(networkFor('orders')), 'stock');
    const [container] = written(chart, 'Deployment').spec.template.spec.containers;
    expect(Object.fromEntries(container.env.map(({ name, value }: Manifest) => [name, value]))).toMatchObject({
      PGHOST: 'orders-db.demo.svc.cluster.local', PGUSER: 'shop', PGDATABASE: 'stock', PGSSLMODE: 'verify-full',
    });
    expect(JSON.stringify(written(chart, 'Deployment').spec.template.spec.volumes)).toContain('orders-db-client-shop-cert');
    expect(written(chart, 'NetworkPolicy').spec.egress[0]).toMatchObject({ to: [{ podSelector: { matchLabels: { 'cdk8s-postgres-tls/database': 'orders-db' } } }], ports: [{ port: 5432 }] });
    expect(Testing.synth(chart).map(({ kind }) => kind).sort()).toEqual(['Deployment', 'NetworkPolicy']);
    expect(refusal(wired(committed(networkFor('other'))))).toContain("but it is not admitted by NetworkPolicy 'orders-db' at port 5432");
  });

  test('from another namespace it has the certificate of this app', () => {
    const chart = chartIn('shop', 'app', new App());
    const password = ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'own-auth'));
    const deployment = new Deployment(chart, 'orders', { securityContext: { user: 1000, group: 1000, fsGroup: 1000 }, containers: [{ image: 'app' }] });
    const db = Postgres.fromPostgresAttributes(chart, 'orders-db', { name: 'orders-db', namespace: 'demo', clientIssuer: ClusterIssuer.fromClusterIssuerName(chart, 'ca', 'ca') });
    const trustedServerCas = TrustSource.fromConfigMapName('roots');
    db.client('orders').connect(deployment, { trustedServerCas });
    db.client('legacy', { password }).connect(deployment, { trustedServerCas, envPrefix: 'LEGACY_' });
    const volumes = JSON.stringify(written(chart, 'Deployment').spec.template.spec.volumes);
    expect(volumes).toContain('orders-db-client-orders-app-cert');
    expect(JSON.stringify(written(chart, 'Deployment').spec.template.spec.containers)).toContain('own-auth');
    expect(written(chart, 'Certificate').metadata).toMatchObject({ name: 'orders-db-client-orders-app-cert', namespace: 'shop' });
  });

  test('a password of another namespace than that of the workload is refused', () => {
    const chart = chartIn('shop', 'app', new App());
    const password = ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'own-auth'));
    const db = Postgres.fromPostgresAttributes(chart, 'orders-db', { name: 'orders-db', namespace: 'demo' });
    const deployment = new Deployment(chartIn('demo', 'there', chart.node.root as App), 'orders', { containers: [{ image: 'app' }] });
    expect(() => db.client('legacy', { password }).connect(deployment))
      .toThrow("the password of client 'legacy' is in Secret 'own-auth' in namespace 'shop', which pods in namespace 'demo' cannot read; connect a workload in the namespace of the password");
  });
});
