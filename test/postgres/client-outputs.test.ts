import { Ajv } from 'ajv';
import { Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AppBinding, BoundClientOptions, Certificate, CertificateAuthority, CertificateOutputFormat, ClientCa, ClientConfigKeys, ClientConfigMap, ClientOptions, ClientPassword,
  DeclaredState, Postgres, PostgresEndpoint, PostgresProps, PostgresStorage, PostgresVersion, PrivateKeyAlgorithm, ServerNames, ServiceBinding, ServiceFile, TrustBundle,
  TrustBundleSource, TrustSource,
} from '../../src';
import { APP_BINDING_SPEC } from '../fixtures/app-binding-schema';
import { CA_PEM } from '../fixtures/ca-pem';
import { describeWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, type Manifest, refusal, written } from '../support/tree';

/** A chart with a database `db`, with TLS unless the properties have `tls`, and its client `orders`. */
function clientIn({ client: options, ...props }: Partial<PostgresProps> & { client?: ClientOptions } = {}) {
  const chart = chartIn();
  const tls = 'tls' in props ? {} : { tls: { issuer: new CertificateAuthority(chart, 'ca').issuer } };
  const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), ...tls, ...props });
  return { chart, db, client: db.addClient('orders', options) };
}

const HOST = 'db.demo.svc.cluster.local';
const KEY_PAIR = [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }];
const SERVER_CA = { secret: { name: 'db-server-cert', items: [{ key: 'ca.crt', path: 'server-ca.crt' }] } };

describe('a ServiceBinding', () => {
  test('has a Secret with all that is not secret, of the type that the specification names', () => {
    const { chart, client } = clientIn();
    const { secretName, directory } = new ServiceBinding(chart, 'orders-binding', { client });
    expect([secretName, directory]).toEqual(['orders-binding', '/bindings/orders-binding']);
    const secret = written(chart, 'Secret', 'orders-binding');
    expect(secret).toMatchObject({ type: 'servicebinding.io/postgresql', metadata: { namespace: 'demo' } });
    expect(secret.stringData).toEqual({
      'type': 'postgresql', 'provider': 'cdk8s-postgres-tls', 'host': HOST, 'port': '5432', 'database': 'orders', 'username': 'orders', 'sslmode': 'verify-full',
      'sslrootcert': 'server-ca.crt',
      'uri': `postgresql://orders@${HOST}:5432/orders?sslmode=verify-full&sslrootcert=%2Fbindings%2Forders-binding%2Fserver-ca.crt`
        + '&sslcert=%2Fbindings%2Forders-binding%2Ftls.crt&sslkey=%2Fbindings%2Forders-binding%2Ftls.key',
      'jdbc-url': `jdbc:postgresql://${HOST}:5432/orders?user=orders&sslmode=verify-full&sslrootcert=%2Fbindings%2Forders-binding%2Fserver-ca.crt`
        + '&sslcert=%2Fbindings%2Forders-binding%2Ftls.crt&sslkey=%2Fbindings%2Forders-binding%2Ftls.key&pemKeyAlgorithm=EC&ApplicationName=orders',
    });
  });

  test('has a volume of the Secret, the key pair of the client and the CA of the server, which has a name of its own', () => {
    const { chart, client } = clientIn();
    const binding = new ServiceBinding(chart, 'orders.binding', { client, bindingName: 'orders.db', root: '/platform/bindings' });
    expect(binding.volume).toEqual({
      name: 'binding-orders-db',
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: 'orders.binding' } },
          {
            secret: {
              name: 'db-client-orders-cert',
              items: [KEY_PAIR[0], { key: 'tls.crt', path: 'certificates' }, KEY_PAIR[1], { key: 'tls.key', path: 'private-key' }],
            },
          },
          SERVER_CA,
        ],
      },
    });
    expect(binding.volumeMount).toEqual({ name: 'binding-orders-db', mountPath: '/platform/bindings/orders.db', readOnly: true });
    expect(binding.environment).toEqual({ SERVICE_BINDING_ROOT: '/platform/bindings' });
  });

  test('no two files of the directory have one name', () => {
    const { chart, client } = clientIn({ client: { certificate: { additionalOutputFormats: [CertificateOutputFormat.DER] } } });
    const { volume } = new ServiceBinding(chart, 'orders-binding', { client });
    const paths = volume.projected!.sources!.flatMap(({ secret, configMap }) => [...secret?.items ?? [], ...configMap?.items ?? []].map(({ path }) => path));
    const entries = Object.keys(written(chart, 'Secret', 'orders-binding').stringData);
    expect([...paths, ...entries].sort()).toEqual([
      'certificates', 'database', 'host', 'jdbc-url', 'key.der', 'port', 'private-key', 'provider', 'server-ca.crt', 'sslmode', 'sslrootcert', 'tls.crt', 'tls.key', 'type', 'uri', 'username',
    ]);
  });

  test('Java reads the key in DER where the certificate has one, and otherwise with its algorithm', () => {
    const der = clientIn({ client: { certificate: { additionalOutputFormats: [CertificateOutputFormat.DER] } } });
    new ServiceBinding(der.chart, 'binding', { client: der.client });
    expect(written(der.chart, 'Secret', 'binding').stringData['jdbc-url']).toContain('&sslkey=%2Fbindings%2Fbinding%2Fkey.der&ApplicationName=orders');
    const rsa = clientIn();
    new ServiceBinding(rsa.chart, 'binding', { client: rsa.client, keyAlgorithm: PrivateKeyAlgorithm.RSA });
    expect(written(rsa.chart, 'Secret', 'binding').stringData['jdbc-url']).toContain('&pemKeyAlgorithm=RSA&');
  });

  test('Quarkus, which adds parameters to any jdbc-url, changes only the name of the application', () => {
    const { chart, client } = clientIn();
    new ServiceBinding(chart, 'binding', { client });
    const { 'jdbc-url': url, sslmode, sslrootcert } = written(chart, 'Secret', 'binding').stringData;
    const parameters = (text: string) => Object.fromEntries(text.slice(text.indexOf('?') + 1).split('&').map((part) => part.split(/=(.*)/s).slice(0, 2).map(decodeURIComponent)));
    const added = parameters(`${url}?sslmode=${sslmode}&sslrootcert=/bindings/binding/${sslrootcert}`);
    expect(added).toEqual({ ...parameters(url), ApplicationName: 'orders?sslmode=verify-full' });
  });

  test('a client with a password has it as a file, and no key pair', () => {
    const { chart, db } = clientIn();
    const client = db.addClient('legacy', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'legacy-auth'), 'pass') });
    const binding = new ServiceBinding(chart, 'binding', { client });
    expect(binding.volume.projected!.sources).toEqual([
      { secret: { name: 'binding' } }, SERVER_CA, { secret: { name: 'legacy-auth', items: [{ key: 'pass', path: 'password' }] } },
    ]);
    expect(JSON.stringify(written(chart, 'Secret', 'binding'))).not.toContain('sslcert');
  });

  test('without TLS there is neither a certificate nor a CA', () => {
    const { chart, db } = clientIn({ tls: undefined, client: { state: DeclaredState.absent({ dropOwned: true }) } });
    const client = db.addClient('legacy', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'legacy-auth')) });
    const binding = new ServiceBinding(chart, 'binding', { client });
    expect(binding.volume.projected!.sources).toEqual([{ secret: { name: 'binding' } }, { secret: { name: 'legacy-auth', items: [{ key: 'password', path: 'password' }] } }]);
    expect(written(chart, 'Secret', 'binding').stringData).toMatchObject({ sslmode: 'disable', uri: `postgresql://legacy@${HOST}:5432/legacy?sslmode=disable` });
    expect(written(chart, 'Secret', 'binding').stringData).not.toHaveProperty('sslrootcert');
  });

  test.each([['Orders', undefined, "bindingName 'Orders' is not a name of a binding"], ['..', undefined, "bindingName '..' is not a name of a binding"], ['orders', 'bindings', "root 'bindings' is not an absolute path"]])(
    'the name %s and root %s are refused', (bindingName, root, message) => {
      const { chart, client } = clientIn();
      expect(() => new ServiceBinding(chart, 'binding', { client, bindingName, root })).toThrow(`[chart/binding] ${message}`);
    });
});

describe('a ClientConfigMap', () => {
  test('has libpq\'s variables', () => {
    const { chart, client } = clientIn({ client: { databases: ['orders', 'stock'] } });
    const config = new ClientConfigMap(chart, 'orders-config', { client, database: 'stock' });
    expect(written(chart, 'ConfigMap', 'orders-config').data).toEqual({
      PGHOST: HOST, PGPORT: '5432', PGDATABASE: 'stock', PGUSER: 'orders', PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/etc/postgresql-client/server-ca.crt',
      PGSSLCERT: '/etc/postgresql-client/tls.crt', PGSSLKEY: '/etc/postgresql-client/tls.key',
    });
    expect(config.envFrom).toEqual({ configMapRef: { name: 'orders-config' } });
    expect(config.volume).toEqual({ name: 'postgresql-client', projected: { defaultMode: 0o440, sources: [{ secret: { name: 'db-client-orders-cert', items: KEY_PAIR } }, SERVER_CA] } });
    expect(config.volumeMount).toEqual({ name: 'postgresql-client', mountPath: '/etc/postgresql-client', readOnly: true });
  });

  test('or plain names, with the paths of all files', () => {
    const { chart, client } = clientIn();
    new ClientConfigMap(chart, 'orders-config', { client, keys: ClientConfigKeys.PLAIN, directory: '/tls' });
    const { uri, 'jdbc-url': jdbcUrl, ...data } = written(chart, 'ConfigMap', 'orders-config').data;
    expect(data).toEqual({
      host: HOST, port: '5432', database: 'orders', username: 'orders', sslmode: 'verify-full', sslrootcert: '/tls/server-ca.crt', sslcert: '/tls/tls.crt', sslkey: '/tls/tls.key',
    });
    expect([uri, jdbcUrl]).toEqual([expect.stringContaining('sslkey=%2Ftls%2Ftls.key'), expect.stringContaining('sslkey=%2Ftls%2Ftls.key')]);
  });
});

describe('a ServiceFile', () => {
  test('has a section for each client, and its files below the name of the service', () => {
    const { chart, db, client } = clientIn();
    const stock = db.addClient('stock');
    const file = new ServiceFile(chart, 'services', { services: { orders: { client }, stock: { client: stock } } });
    expect(written(chart, 'ConfigMap', 'services').data).toEqual({
      'pg_service.conf': [['orders', 'orders'], ['stock', 'stock']].map(([service, role]) => [
        `[${service}]`, `host=${HOST}`, 'port=5432', `dbname=${role}`, `user=${role}`, 'sslmode=verify-full', `sslrootcert=/etc/postgresql-services/${service}/server-ca.crt`,
        `sslcert=/etc/postgresql-services/${service}/tls.crt`, `sslkey=/etc/postgresql-services/${service}/tls.key`, '',
      ].join('\n')).join('\n'),
    });
    expect(file.volume.projected!.sources).toEqual([
      { configMap: { name: 'services' } },
      ...['orders', 'stock'].flatMap((service) => [
        { secret: { name: `db-client-${service}-cert`, items: KEY_PAIR.map(({ key, path }) => ({ key, path: `${service}/${path}` })) } },
        { secret: { name: 'db-server-cert', items: [{ key: 'ca.crt', path: `${service}/server-ca.crt` }] } },
      ]),
    ]);
    expect([file.environment, file.volumeMount]).toEqual([
      { PGSERVICEFILE: '/etc/postgresql-services/pg_service.conf' }, { name: 'postgresql-services', mountPath: '/etc/postgresql-services', readOnly: true },
    ]);
  });

  test('one client is the default of the application', () => {
    const { chart, client } = clientIn();
    expect(new ServiceFile(chart, 'services', { services: { orders: { client } } }).environment).toMatchObject({ PGSERVICE: 'orders' });
  });

  test.each([[{}, 'services is empty'], [{ 'a b': 0 }, "services['a b'] is not a name of a service"]])('%j is refused', (names, message) => {
    const { chart, client } = clientIn();
    const services = Object.fromEntries(Object.keys(names).map((name) => [name, { client }]));
    expect(() => new ServiceFile(chart, 'services', { services })).toThrow(`[chart/services] ${message}`);
  });
});

describe('an AppBinding', () => {
  const isValid = new Ajv({ strict: false }).compile(APP_BINDING_SPEC);
  const specOf = (chart: Parameters<typeof written>[0]): Manifest => {
    const { spec } = written(chart, 'AppBinding', 'orders-binding');
    expect([isValid(spec), isValid.errors]).toEqual([true, null]);
    return spec;
  };

  test('names the Service and the Secret of the key pair', () => {
    const { chart, client } = clientIn();
    expect(new AppBinding(chart, 'orders-binding', { client, version: '18' }).appBindingName).toBe('orders-binding');
    expect(written(chart, 'AppBinding', 'orders-binding')).toMatchObject({ apiVersion: 'appcatalog.appscode.com/v1alpha1', metadata: { namespace: 'demo' } });
    expect(specOf(chart)).toEqual({
      type: 'kubedb.com/postgres', version: '18',
      clientConfig: {
        service: { scheme: 'postgresql', name: 'db', namespace: 'demo', port: 5432, path: '/orders', query: 'sslmode=verify-full' }, insecureSkipTLSVerify: false, serverName: HOST,
      },
      tlsSecret: { kind: 'Secret', name: 'db-client-orders-cert' },
    });
  });

  test('has the CA certificates that are given, and the Secret of a password', () => {
    const { chart, db } = clientIn();
    const client = db.addClient('backup', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'backup-auth')) });
    new AppBinding(chart, 'orders-binding', { client, caBundle: CA_PEM });
    const { clientConfig, ...spec } = specOf(chart);
    expect(Buffer.from(clientConfig.caBundle, 'base64').toString()).toBe(CA_PEM);
    expect(spec).toEqual({ type: 'kubedb.com/postgres', secret: { kind: 'Secret', name: 'backup-auth' } });
  });

  test('a host that is not one of the Service is a URL', () => {
    const chart = chartIn();
    const issuer = new CertificateAuthority(chart, 'ca').issuer;
    const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer, serverNames: ServerNames.only(['db.example.org']) } });
    new AppBinding(chart, 'orders-binding', { client: db.addClient('or/ders', { database: 'a b' }) });
    expect(specOf(chart).clientConfig).toEqual({ url: 'postgresql://db.example.org:5432/a%20b', insecureSkipTLSVerify: false, serverName: 'db.example.org' });
  });

  test('a text without a certificate, and a password under another key, are refused', () => {
    const { chart, db, client } = clientIn();
    expect(() => new AppBinding(chart, 'one', { client, caBundle: 'ca.crt' })).toThrow('[chart/one] caBundle has no certificate in PEM; give the CA certificates of the server');
    const legacy = db.addClient('legacy', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'legacy-auth'), 'pass') });
    expect(() => new AppBinding(chart, 'two', { client: legacy })).toThrow("[chart/two] password is in key 'pass' of the Secret, and programs of KubeDB read 'username' and 'password'");
  });
});

describe('what an application cannot use', () => {
  test.each<[string, (chart: ReturnType<typeof chartIn>, client: ReturnType<typeof clientIn>['client']) => void, string]>([
    ['a database of another client', (chart, client) => { new ClientConfigMap(chart, 'config', { client, database: 'stock' }); },
      "[chart/config] database 'stock' is none of the client 'orders', which has 'orders'; give one of them"],
    ['an absent client', (chart, { db }) => { new ClientConfigMap(chart, 'config', { client: (db as Postgres).addClient('old', { state: DeclaredState.absent({ dropOwned: true }) }) }); },
      "[chart/config] client 'old' has neither a certificate nor a password, so it cannot log in"],
  ])('%s', (_, bind, message) => {
    const { chart, client } = clientIn();
    expect(() => bind(chart, client)).toThrow(message);
  });

  test('Secrets of another namespace, unless those of its own are given', () => {
    const { chart, db, client } = clientIn();
    const shop = chartIn('shop', 'shop', chart.node.root as never);
    expect(() => new ServiceBinding(shop, 'binding', { client })).toThrow([
      "[shop/binding] certificate is the Secret 'db-client-orders-cert' in namespace 'demo', and pods of namespace 'shop' cannot read it; give one of this namespace as certificate, from an issuer "
      + 'that all namespaces can use (tls.clientCa with ClientCa.clusterScoped), or use the namespace of the database',
      "[shop/binding] trustedServerCas is not set, and those of the database are in namespace 'demo', which pods of namespace 'shop' cannot read; give a ConfigMap of this namespace, for example of a "
      + 'TrustBundle',
    ].join('\n'));
    const given: BoundClientOptions = { client, certificate: Certificate.fromSecretName(shop, 'own', 'orders-cert'), trustedServerCas: TrustSource.fromConfigMapName('roots', 'roots.pem') };
    expect(new ServiceBinding(shop, 'given', given).volume.projected!.sources!.slice(1)).toEqual([
      { secret: { name: 'orders-cert', items: expect.anything() } }, { configMap: { name: 'roots', items: [{ key: 'roots.pem', path: 'server-ca.crt' }] } },
    ]);
    expect(new ServiceBinding(shop, 'one-ca', { ...given, trustedServerCas: TrustSource.fromIssuedSecret() }).volume.projected!.sources![2])
      .toEqual({ secret: { name: 'orders-cert', items: [{ key: 'ca.crt', path: 'server-ca.crt' }] } });
    expect(db.endpoint).toEqual(new PostgresEndpoint(HOST, 5432));
    const legacy = db.addClient('legacy', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 'auth', 'legacy-auth')) });
    expect(() => new ServiceBinding(shop, 'legacy', { client: legacy, trustedServerCas: TrustSource.fromConfigMapName('roots') }))
      .toThrow("[shop/legacy] password is not set, and that of the client is in namespace 'demo', which pods of namespace 'shop' cannot read; give a Secret of this namespace");
  });
});

test('a bundle that is distributed is in other namespaces as well', () => {
  const chart = chartIn();
  const bundle = new TrustBundle(chart, 'roots', { sources: [TrustBundleSource.fromSecretName('roots')] });
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(),
    tls: { issuer: new CertificateAuthority(chart, 'ca').issuer, clientCa: ClientCa.clusterScoped(), trustedServerCas: TrustSource.fromBundle(bundle) },
  });
  const shop = chartIn('shop', 'shop', chart.node.root as never);
  const binding = new ServiceBinding(shop, 'binding', { client: db.addClient('orders'), certificate: Certificate.fromSecretName(shop, 'own', 'orders-cert') });
  expect(binding.volume.projected!.sources![2]).toEqual({ configMap: { name: 'roots', items: [{ key: bundle.key, path: 'server-ca.crt' }] } });
});

test('the rules of the app accept all outputs', () => {
  const { chart, client } = clientIn();
  new ServiceBinding(chart, 'binding', { client });
  new ClientConfigMap(chart, 'config', { client });
  new ServiceFile(chart, 'services', { services: { orders: { client } } });
  new AppBinding(chart, 'app-binding', { client });
  expect(refusal(chart)).toBe('');
});

describeWithSchemas('against the API schemas', () => {
  test.each(['1.27.0', '1.36.0'] as const)('objects and volumes fit Kubernetes %s', (version) => {
    const { chart, client } = clientIn();
    const outputs = [
      new ServiceBinding(chart, 'binding', { client }), new ClientConfigMap(chart, 'config', { client }), new ServiceFile(chart, 'services', { services: { orders: { client } } }),
    ];
    const pod = {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' },
      spec: { volumes: outputs.map(({ volume }) => volume), containers: [{ name: 'app', image: 'app', volumeMounts: outputs.map(({ volumeMount }) => volumeMount) }] },
    };
    const objects = Testing.synth(chart).filter(({ metadata }) => ['binding', 'config', 'services'].includes(metadata.name));
    expect([...objects, pod].flatMap((object) => validateManifest(object, version))).toEqual([]);
    expect(objects).toHaveLength(3);
  });
});
