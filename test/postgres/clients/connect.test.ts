import { ApiObject, App, Chart, Cron, Duration, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  CaConfigMap, CertificateAuthority, CertificateAuthorityScope, CertificateOutputFormat, CertificateRequestPolicies, ClientCa, ClientPassword, ClientPrivileges,
  ClusterIssuer, ConnectOptions, DeclaredState, NetworkPeer, Postgres, PostgresClient, PostgresEndpoint, PostgresNetwork, PostgresProps, PostgresServiceType,
  PostgresStorage, PostgresTls, PostgresVersion, PrivateKey, ServiceMesh, TargetSessionAttributes, TrustBundle, TrustBundleSource, TrustedCa, TrustSource, Validation,
} from '../../../src';
import { toManifest } from '../../../src/kubernetes';
import { clusterAssumptions, IssuanceGraph } from '../../../src/pki';
import { podsOf, walkOf } from '../../../src/workloads';
import { CA_PEM } from '../../fixtures';
import { chartIn, type Manifest, refusal, written } from '../../support/tree';

type Tls = (platform: { readonly servers: CertificateAuthority; readonly trust: TrustBundle }) => PostgresTls | undefined;

const inEveryNamespace: Tls = ({ servers, trust }) => ({ issuer: servers, trustedServerCas: TrustSource.fromBundle(trust), clientCa: ClientCa.clusterScoped() });

/** An app with a platform, a database `db` in the namespace `data`, and the namespace `shop`. `tls` is made of the CA of the servers. */
function scene({ tls = inEveryNamespace, ...props }: SceneProps = {}) {
  const app = new App();
  const [platform, data, shop] = ['cert-manager', 'data', 'shop'].map((namespace) => chartIn(namespace, namespace, app)) as [Chart, Chart, Chart];
  const servers = new CertificateAuthority(platform, 'servers', { scope: CertificateAuthorityScope.cluster() });
  const trust = new TrustBundle(platform, 'trust', { sources: [TrustedCa.fromCertificateAuthority(servers).root] });
  const db = new Postgres(data, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: tls({ servers, trust }), ...props });
  if (db.clientIssuer?.issuerKind === 'ClusterIssuer') { Validation.of(db).acknowledge('PGTLS-E14', 'connections from other namespaces'); }
  return { app, platform, data, shop, servers, trust, db };
}

interface SceneProps extends Partial<Omit<PostgresProps, 'tls'>> {
  readonly tls?: Tls;
}

const findingsOf = (app: App): string[] => Validation.of(app).findings().filter(({ acknowledged }) => acknowledged === undefined).map(({ message }) => message);

const IMAGE = 'docker.io/library/postgres:18.4';
const PSQL = { image: IMAGE, command: ['psql', '-c', 'select 1'] };

function deploymentIn(chart: Chart, id = 'orders', props: Partial<kplus.DeploymentProps> = {}): kplus.Deployment {
  return new kplus.Deployment(chart, id, { metadata: { name: id }, containers: [PSQL], ...props });
}

/** The specification of the pods of a workload. */
function podOf(chart: Chart, kind = 'Deployment', name = 'orders'): Manifest {
  const { spec } = written(chart, kind, name);
  return kind === 'CronJob' ? spec.jobTemplate.spec.template.spec : kind === 'Pod' ? spec : spec.template.spec;
}

const envOf = ({ env }: Manifest): Record<string, string> => Object.fromEntries(env.map(({ name, value }: Manifest) => [name, value]));
const manifestsOf = (chart: Chart, kind: string): Manifest[] => Testing.synth(chart).filter((manifest) => manifest.kind === kind);
const policyOf = (chart: Chart): Manifest => written(chart, 'NetworkPolicy', 'db').spec.ingress.find(({ ports }: Manifest) => ports[0].port === 'postgresql');

/** Outcomes of all connections that the app shows. */
function walksOf(app: App, isValid = true) {
  if (isValid) { app.synthYaml(); }
  const manifests = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).map((object) => (object as ApiObject).toJson());
  const graph = new IssuanceGraph(manifests.map((manifest) => toManifest('', manifest)), clusterAssumptions());
  return podsOf(graph).flatMap(({ connections }) => connections).map(walkOf)
    .map(({ connection, outcome, refused, attempts }) => ({
      client: connection.client.pod.at.name, outcome, refused: refused?.name,
      unknown: attempts.flatMap(({ steps }) => steps.filter(({ result }) => result === 'unknown').map(({ name }) => name)),
    }));
}

const KINDS: Array<[string, (chart: Chart) => kplus.AbstractPod]> = [
  ['Deployment', (chart) => deploymentIn(chart)],
  ['StatefulSet', (chart) => new kplus.StatefulSet(chart, 'orders', {
    metadata: { name: 'orders' }, containers: [PSQL], service: new kplus.Service(chart, 'service', { metadata: { name: 'orders' }, ports: [{ port: 80 }] }),
  })],
  ['DaemonSet', (chart) => new kplus.DaemonSet(chart, 'orders', { metadata: { name: 'orders' }, containers: [PSQL] })],
  ['Job', (chart) => new kplus.Job(chart, 'orders', { metadata: { name: 'orders' }, containers: [PSQL] })],
  ['CronJob', (chart) => new kplus.CronJob(chart, 'orders', { metadata: { name: 'orders' }, schedule: Cron.daily(), containers: [PSQL] })],
  ['Pod', (chart) => new kplus.Pod(chart, 'orders', { metadata: { name: 'orders' }, containers: [PSQL] })],
];

describe.each(KINDS)('a %s', (kind, make) => {
  test.each(['data', 'shop'] as const)('in namespace %s connects with verify-full, by two lines', (namespace) => {
    const all = scene();
    const { app, db } = all;
    const orders = db.addClient('orders');
    orders.connect(make(all[namespace]));
    const { containers: [container], volumes, securityContext } = podOf(all[namespace], kind);
    const directory = '/etc/postgresql-client/db-client-orders';
    expect(envOf(container)).toEqual({
      PGHOST: 'db.data.svc.cluster.local', PGPORT: '5432', PGDATABASE: 'orders', PGUSER: 'orders', PGSSLMODE: 'verify-full', PGSSLROOTCERT: `${directory}/ca/ca.crt`,
      PGSSLCERT: `${directory}/key/tls.crt`, PGSSLKEY: `${directory}/key/tls.key`,
    });
    expect(container.volumeMounts).toEqual([
      { name: 'db-client-orders-key', mountPath: `${directory}/key`, readOnly: true }, { name: 'db-client-orders-ca', mountPath: `${directory}/ca`, readOnly: true },
    ]);
    expect(volumes).toEqual([
      {
        name: 'db-client-orders-key',
        secret: { secretName: 'db-client-orders-cert', defaultMode: 0o440, items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }] },
      },
      { name: 'db-client-orders-ca', configMap: { name: 'trust', defaultMode: 0o444, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ]);
    expect(securityContext.fsGroup).toBe(65_532);
    expect(findingsOf(app)).toEqual([]);
    expect(walksOf(app)).toEqual([{ client: 'orders', outcome: 'admitted', refused: undefined, unknown: [] }]);
  });
});

describe('the same pod in both forms', () => {
  const both = (namespace: 'data' | 'shop', containers: kplus.ContainerProps[], spec: Partial<kplus.PodProps> = {}) => {
    const all = scene();
    const orders = all.db.addClient('orders', { certificate: { additionalOutputFormats: [CertificateOutputFormat.DER], privateKey: PrivateKey.rsa(2048) } });
    const deployment = deploymentIn(all[namespace], 'orders', { containers, ...spec } as Partial<kplus.DeploymentProps>);
    const bare: kplus.k8s.PodSpec = deployment._toPodSpec() as unknown as kplus.k8s.PodSpec;
    const podLabels = { app: 'orders' };
    const { podSpec } = orders.connectPodSpec(all[namespace], bare, { podLabels });
    new kplus.k8s.KubeDeployment(all[namespace], 'plain', { metadata: { name: 'plain' }, spec: { selector: { matchLabels: podLabels }, template: { metadata: { labels: podLabels }, spec: podSpec } } });
    orders.connect(deployment);
    return { ...all, bare, workload: podOf(all[namespace]), plain: podOf(all[namespace], 'Deployment', 'plain') };
  };
  const sorted = ({ volumes, ...pod }: Manifest) => ({ ...pod, volumes: [...volumes].sort((one, other) => one.name.localeCompare(other.name)) });

  test.each(['data', 'shop'] as const)('in namespace %s, init containers included', (namespace) => {
    const { workload, plain, app } = both(namespace, [PSQL, { ...PSQL, name: 'sidecar', envVariables: { LOG: kplus.EnvValue.fromValue('1') } }], { initContainers: [PSQL] });
    expect(sorted(plain)).toEqual(sorted(workload));
    for (const container of [...plain.containers, ...plain.initContainers]) { expect(envOf(container)['PGHOST']).toBe('db.data.svc.cluster.local'); }
    expect(plain.volumes[0].secret.items.map(({ key }: Manifest) => key)).toEqual(['key.der', 'tls.crt', 'tls.key']);
    expect(new Set(walksOf(app).map(({ outcome }) => outcome))).toEqual(new Set(['admitted']));
  });

  test('the specification that is given stays as it is', () => {
    const { bare } = both('data', [PSQL]);
    expect(JSON.stringify(bare)).not.toContain('PGHOST');
    expect(bare.securityContext?.fsGroup).toBeUndefined();
  });
});

describe('variables', () => {
  test('$ is doubled, since kubelet replaces $(NAME) and $$', () => {
    const { db, data } = scene();
    db.addClient('a$(b)$$c').connect(deploymentIn(data));
    expect(envOf(podOf(data).containers[0])).toMatchObject({ PGUSER: 'a$$(b)$$$$c', PGDATABASE: 'a$$(b)$$$$c' });
  });

  test('another database of the client, and which servers it accepts', () => {
    const { db, data } = scene();
    db.addDatabase('archive');
    db.addDatabase('orders');
    const client = db.addClient('reports', { databases: ['orders', 'archive'], privileges: ClientPrivileges.readOnly() });
    client.connect(deploymentIn(data), { database: 'archive', targetSessionAttributes: TargetSessionAttributes.READ_ONLY });
    expect(envOf(podOf(data).containers[0])).toMatchObject({ PGDATABASE: 'archive', PGTARGETSESSIONATTRS: 'read-only' });
  });

  test('a password as a reference to its Secret', () => {
    const { db, data, app } = scene();
    const secret = kplus.Secret.fromSecretName(data, 'secret', 'orders-password');
    const connection = db.addClient('orders', { password: ClientPassword.fromSecret(secret) }).connect(deploymentIn(data));
    const { containers: [container], volumes, securityContext } = podOf(data);
    expect(container.env.find(({ name }: Manifest) => name === 'PGPASSWORD')).toEqual({ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'orders-password', key: 'password' } } });
    expect(volumes.map(({ name }: Manifest) => name)).toEqual(['db-client-orders-ca']);
    expect(securityContext).not.toHaveProperty('fsGroup');
    expect(connection.libpqEnvironment()).toMatchObject({ PGSSLMODE: 'verify-full' });
    expect(walksOf(app)).toMatchObject([{ outcome: 'admitted', refused: undefined, unknown: [] }]);
  });

  test('a password without TLS', () => {
    const { db, data } = scene({ tls: () => undefined });
    const secret = kplus.Secret.fromSecretName(data, 'secret', 'orders-password');
    db.addClient('orders', { password: ClientPassword.fromSecret(secret) }).connect(deploymentIn(data));
    expect(envOf(podOf(data).containers[0])).toMatchObject({ PGSSLMODE: 'disable' });
    expect(podOf(data).volumes).toBeUndefined();
  });

  test('the password of a client in a Secret of another namespace', () => {
    const { db, data, shop, app } = scene();
    const orders = db.addClient('orders', { password: ClientPassword.fromSecret(kplus.Secret.fromSecretName(data, 's', 'of-data')) });
    const password = ClientPassword.fromSecret(kplus.Secret.fromSecretName(shop, 's', 'of-shop'), 'pw');
    orders.connect(deploymentIn(shop), { password });
    const { podSpec } = orders.connectPodSpec(shop, { containers: [{ name: 'main', image: IMAGE }] }, { podLabels: { app: 'orders' }, password });
    for (const { env } of [podOf(shop).containers[0], podSpec.containers[0]]) {
      expect(env.find(({ name }: Manifest) => name === 'PGPASSWORD')).toEqual({ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'of-shop', key: 'pw' } } });
    }
    expect(JSON.stringify(Testing.synth(data))).toContain('of-data');
    expect(JSON.stringify(Testing.synth(data))).not.toContain('of-shop');
    expect(walksOf(app)).toContainEqual(expect.objectContaining({ client: 'orders', outcome: 'admitted' }));
  });

  test('the connection of a plain specification is that of a workload', () => {
    const { db, shop } = scene();
    const orders = db.addClient('orders');
    const { connection } = orders.connectPodSpec(shop, { containers: [{ name: 'main', image: IMAGE }] }, { podLabels: { app: 'orders' } });
    expect(connection.jdbcUrl()).toBe(orders.connect(deploymentIn(shop)).jdbcUrl());
  });

  test.each<[string, string]>([['PGSSLMODE', 'prefer'], ['PGSSLROOTCERT', '/etc/other.crt'], ['PGSSLKEY', '/etc/other.key']])('%s that is replaced afterwards is an error', (name, value) => {
    const { app, db, data } = scene();
    const deployment = deploymentIn(data);
    db.addClient('orders').connect(deployment);
    expect(() => app.synthYaml()).not.toThrow();
    deployment.containers[0]!.env.addVariable(name, kplus.EnvValue.fromValue(value));
    expect(() => app.synthYaml()).toThrow(`[data/orders] PostgresClient.connect: container 'main' has other values for ${name}; give envPrefix, or remove these variables from the container`);
  });

  test('a variable of a container that does not connect may have any value', () => {
    const { app, db, data } = scene();
    const deployment = deploymentIn(data, 'orders', { containers: [PSQL, { image: 'docker.io/library/busybox:1.37', name: 'other' }] });
    db.addClient('orders').connect(deployment, { containers: ['main'] });
    deployment.containers[1]!.env.addVariable('PGSSLKEY', kplus.EnvValue.fromValue('/etc/other.key'));
    expect(() => app.synthYaml()).not.toThrow();
  });

  test('the connection has the paths in the container, for drivers without environment variables', () => {
    const { db, data } = scene();
    const client = db.addClient('orders', { certificate: { additionalOutputFormats: [CertificateOutputFormat.DER] } });
    const url = decodeURIComponent(client.connect(deploymentIn(data)).jdbcUrl());
    expect(url).toContain('sslkey=/etc/postgresql-client/db-client-orders/key/key.der');
    expect(url).toContain('sslmode=verify-full');
  });
});

describe('containers', () => {
  test('those that are named', () => {
    const { db, data } = scene();
    const deployment = deploymentIn(data, 'orders', { containers: [PSQL, { ...PSQL, name: 'proxy' }] });
    db.addClient('orders').connect(deployment, { containers: ['main'] });
    const [main, proxy] = podOf(data).containers;
    expect(main.env).toHaveLength(8);
    expect(proxy.env).toBeUndefined();
  });

  test('those that are added later, init containers and attached ones too', () => {
    const { db, data } = scene();
    const deployment = new kplus.Deployment(data, 'orders', { metadata: { name: 'orders' } });
    db.addClient('orders').connect(deployment);
    deployment.addContainer(PSQL);
    deployment.addInitContainer(PSQL);
    deployment.attachContainer(new kplus.Container({ ...PSQL, name: 'attached' }));
    const { containers, initContainers } = podOf(data);
    expect([...containers, ...initContainers].map((container) => [container.name, envOf(container)['PGUSER'], container.volumeMounts.length])).toEqual([
      ['main', 'orders', 2], ['attached', 'orders', 2], ['init-0', 'orders', 2],
    ]);
  });

  test('one that is added later with a variable of the client is refused, and not added', () => {
    const { db, data } = scene();
    const deployment = deploymentIn(data);
    db.addClient('orders').connect(deployment);
    expect(() => deployment.addContainer({ ...PSQL, name: 'other', envVariables: { PGHOST: kplus.EnvValue.fromValue('elsewhere') } }))
      .toThrow("[data/orders] PostgresClient.connect: container 'other' has other values for PGHOST; give envPrefix, or remove these variables from the container");
    expect(deployment.containers).toHaveLength(1);
  });

  test('containers that share one object of variables and one list of mounts', () => {
    const { db, data } = scene();
    const shared = { envVariables: { LOG: kplus.EnvValue.fromValue('1') }, volumeMounts: [] };
    db.addClient('orders').connect(deploymentIn(data, 'orders', { containers: [{ ...PSQL, ...shared }, { ...PSQL, ...shared, name: 'other' }] }));
    for (const container of podOf(data).containers) { expect(container.volumeMounts).toHaveLength(2); }
  });
});

describe('the group that reads the key', () => {
  const groupOf = (pod: kplus.PodSecurityContextProps, container: kplus.ContainerSecurityContextProps = {}, options = {}) => {
    const { db, data, app } = scene();
    db.addClient('orders').connect(deploymentIn(data, 'orders', { securityContext: pod, containers: [{ ...PSQL, securityContext: container }] }), options);
    return { group: podOf(data).securityContext.fsGroup, walk: walksOf(app)[0] };
  };

  test.each<[string, kplus.PodSecurityContextProps, kplus.ContainerSecurityContextProps, object, number | undefined]>([
    ['of nothing: a number of our own', { user: 1000 }, {}, {}, 65_532],
    ['of the pod, which stays', { user: 1000, fsGroup: 2000 }, { group: 5 }, {}, 2000],
    ['of its containers', { user: 1000, group: 3000 }, {}, {}, 3000],
    ['of a container before that of the pod', { group: 3000 }, { user: 1000, group: 4000 }, {}, 4000],
    ['that is given', { user: 1000, group: 3000 }, {}, { fsGroup: 7 }, 7],
    ['that the platform chooses', {}, {}, { arbitraryUserId: true }, undefined],
  ])('%s', (_, pod, container, options, expected) => {
    const { group, walk } = groupOf(pod, container, options);
    expect(group).toBe(expected);
    expect(walk).toMatchObject({ outcome: 'admitted' });
  });

  test('several groups: a number of our own', () => {
    const { db, data } = scene();
    const containers = [1, 2].map((group) => ({ ...PSQL, name: `c${group}`, securityContext: { user: 1000, group } }));
    db.addClient('orders').connect(deploymentIn(data, 'orders', { containers }));
    expect(podOf(data).securityContext.fsGroup).toBe(65_532);
  });

  test('a JSON patch of the user, before or after, has precedence', () => {
    const { db, data } = scene();
    const deployment = deploymentIn(data);
    const patch = (value: number) => ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/fsGroup', value));
    patch(10);
    db.addClient('orders').connect(deployment);
    expect(podOf(data).securityContext.fsGroup).toBe(10);
    patch(20);
    expect(podOf(data).securityContext.fsGroup).toBe(20);
  });
});

describe('the CA certificates of the server', () => {
  const caOf = (pod: Manifest) => pod.volumes.find(({ name }: Manifest) => name.endsWith('-ca'));

  test('in the namespace of the database: ca.crt of the server’s Secret alone, never its key', () => {
    const { db, data, app } = scene({ tls: ({ servers }) => ({ issuer: servers }) });
    db.addClient('orders').connect(deploymentIn(data));
    expect(caOf(podOf(data)).secret).toEqual({ secretName: 'db-server-cert', defaultMode: 0o444, items: [{ key: 'ca.crt', path: 'ca.crt' }] });
    expect(walksOf(app)[0]).toMatchObject({ outcome: 'admitted' });
  });

  test('in another namespace without a bundle: ca.crt of a Certificate made for it there', () => {
    const { db, shop, app } = scene({ tls: ({ servers }) => ({ issuer: servers, clientCa: ClientCa.clusterScoped() }) });
    db.addClient('orders').connect(deploymentIn(shop));
    expect(caOf(podOf(shop)).secret).toMatchObject({ secretName: 'db-server-ca-trust', items: [{ key: 'ca.crt', path: 'ca.crt' }] });
    expect(written(shop, 'Certificate', 'db-server-ca-trust').spec).toMatchObject({ issuerRef: { name: 'servers', kind: 'ClusterIssuer' }, usages: ['digital signature', 'client auth'] });
    expect(walksOf(app)[0]).toMatchObject({ outcome: 'admitted' });
  });

  test('in another namespace with a client certificate of the same CA: its own ca.crt, in a volume of its own', () => {
    const { db, shop, app } = scene({ tls: ({ servers }) => ({ issuer: servers, clientCa: ClientCa.shared(servers) }) });
    db.addClient('orders').connect(deploymentIn(shop));
    const { volumes: [key, ca] } = podOf(shop);
    expect(ca.secret).toMatchObject({ secretName: 'db-client-orders-cert', items: [{ key: 'ca.crt', path: 'ca.crt' }] });
    expect(key.secret.items.map((item: Manifest) => item.key)).toEqual(['tls.crt', 'tls.key']);
    expect(walksOf(app)[0]).toMatchObject({ outcome: 'admitted' });
  });

  test('a server with a certificate of a public CA: the CAs of the system', () => {
    const { db, data, shop } = scene({
      tls: () => ({ issuer: ClusterIssuer.fromClusterIssuerName(chartIn('x'), 'acme', 'acme', { providesCaCertificate: false }), clientCa: ClientCa.clusterScoped() }),
    });
    const orders = db.addClient('orders');
    for (const chart of [data, shop]) {
      orders.connect(deploymentIn(chart), { egressPolicy: false });
      const deployment = ApiObject.of(chart.node.findChild('orders')).toJson().spec.template.spec;
      expect(envOf(deployment.containers[0])).toMatchObject({ PGSSLMODE: 'verify-full', PGSSLROOTCERT: 'system' });
      expect(caOf(deployment)).toBeUndefined();
    }
  });

  test('that are given for the connection', () => {
    const { db, shop } = scene({ tls: ({ servers }) => ({ issuer: servers, clientCa: ClientCa.clusterScoped() }) });
    const bundle = new CaConfigMap(shop, 'cas', { sources: [TrustBundleSource.fromPem(CA_PEM)] });
    db.addClient('orders').connect(deploymentIn(shop), { trustedServerCas: TrustSource.fromBundle(bundle) });
    expect(caOf(podOf(shop)).configMap).toMatchObject({ name: 'cas' });
    expect(manifestsOf(shop, 'Certificate').map(({ metadata }) => metadata.name)).toEqual(['db-client-orders-cert']);
  });

  test('a CaConfigMap is in its own namespace only', () => {
    const app = new App();
    const [data, shop] = ['data', 'shop'].map((namespace) => chartIn(namespace, namespace, app)) as [Chart, Chart];
    const cas = new CaConfigMap(data, 'cas', { sources: [TrustBundleSource.fromPem(CA_PEM)] });
    const issuer = new CertificateAuthority(data, 'ca');
    const db = new Postgres(data, 'db', {
      version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer, trustedServerCas: TrustSource.fromBundle(cas), clientCa: ClientCa.clusterScoped() },
    });
    const orders = db.addClient('orders');
    expect(() => orders.connect(deploymentIn(shop))).toThrow("the CA certificates of the server (ca.crt of ConfigMap 'cas') are not in namespace 'shop'; set tls.trustedServerCas of the database to "
      + 'TrustSource.fromBundle() of a TrustBundle');
    orders.connect(deploymentIn(data));
    expect(caOf(podOf(data)).configMap).toMatchObject({ name: 'cas' });
  });
});

describe('certificates', () => {
  const certificatesOf = (chart: Chart): string[] => manifestsOf(chart, 'Certificate').map(({ metadata: { name } }) => name).filter((name: string) => name.includes('orders'));

  test('one for each namespace, shared by its workloads', () => {
    const { db, data, shop } = scene();
    const orders = db.addClient('orders', { certificate: { privateKey: PrivateKey.rsa(3072), duration: Duration.days(30) } });
    for (const chart of [data, shop]) { for (const id of ['one', 'two']) { orders.connect(deploymentIn(chart, id)); } }
    expect(certificatesOf(data)).toEqual(['db-client-orders-cert']);
    expect(certificatesOf(shop)).toEqual(['db-client-orders-cert']);
    expect(written(shop, 'Certificate', 'db-client-orders-cert').spec).toEqual(written(data, 'Certificate', 'db-client-orders-cert').spec);
  });

  test('none in the namespace of the database if the client connects only from others, also in alerts and policies', () => {
    const { db, data, shop, platform } = scene();
    new CertificateRequestPolicies(platform, 'policies');
    db.addClient('orders').connect(deploymentIn(shop));
    expect(certificatesOf(data)).toEqual([]);
    const policies = manifestsOf(platform, 'CertificateRequestPolicy').map(({ metadata: { name } }) => name);
    expect(policies.filter((name: string) => name.includes('orders'))).toEqual(['shop.db-client-orders-cert']);
    expect(JSON.stringify(written(platform, 'ClusterRole'))).not.toContain('data.db-client-orders-cert');
  });

  test.each<[string, (all: ReturnType<typeof scene>, orders: PostgresClient) => void]>([
    ['it connects from nowhere', () => undefined],
    ['something reads it, before', ({ shop }, orders) => { expect(orders.certificate?.secretName).toBe('db-client-orders-cert'); orders.connect(deploymentIn(shop)); }],
    ['something reads it, afterwards', ({ shop }, orders) => { orders.connect(deploymentIn(shop)); expect(orders.certificate?.secretName).toBe('db-client-orders-cert'); }],
    ['it connects from there too', ({ data, shop }, orders) => { orders.connect(deploymentIn(shop)); orders.connect(deploymentIn(data)); }],
  ])('there is one in the namespace of the database if %s', (_, use) => {
    const all = scene();
    use(all, all.db.addClient('orders'));
    expect(certificatesOf(all.data)).toEqual(['db-client-orders-cert']);
  });

  test('the server keeps the Secret from which it reads a shared client CA', () => {
    const { db, data, shop, app } = scene({ tls: (platform) => ({ ...inEveryNamespace(platform)!, clientCa: ClientCa.shared(platform.servers) }) });
    db.addClient('orders').connect(deploymentIn(shop));
    expect(certificatesOf(data)).toEqual(['db-client-orders-cert']);
    expect(walksOf(app)[0]).toMatchObject({ outcome: 'admitted' });
  });
});

describe('network', () => {
  const own = { podSelector: { matchLabels: { 'cdk8s.io/metadata.addr': expect.any(String) } } };
  const of = (namespace: string) => ({ ...own, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } });
  const egressOf = (chart: Chart): Manifest => written(chart, 'NetworkPolicy');

  test('the database admits connected workloads in place of its namespace', () => {
    const { db, data, shop } = scene();
    const orders = db.addClient('orders');
    expect(policyOf(data).from).toEqual([{ podSelector: {} }]);
    orders.connect(deploymentIn(data), { egressPolicy: false });
    orders.connect(deploymentIn(shop), { egressPolicy: false });
    db.addClient('other').connect(deploymentIn(shop, 'other'), { egressPolicy: false });
    expect(policyOf(data).from).toEqual([own, of('shop'), of('shop')]);
  });

  test('in addition to network.clients', () => {
    const { db, data } = scene({ network: PostgresNetwork.restricted({ clients: [NetworkPeer.pods({ app: 'debug' })] }) });
    db.addClient('orders').connect(deploymentIn(data), { egressPolicy: false });
    expect(policyOf(data).from).toEqual([{ podSelector: { matchLabels: { app: 'debug' } } }, own]);
  });

  test('a published Service keeps its networks', () => {
    const { db, data } = scene({ services: { primary: { type: PostgresServiceType.LOAD_BALANCER, loadBalancerSourceRanges: ['10.0.0.0/8'] } } });
    db.addClient('orders').connect(deploymentIn(data), { egressPolicy: false });
    expect(policyOf(data).from).toEqual([own, { ipBlock: { cidr: '10.0.0.0/8' } }]);
  });

  test('a policy beside the workload allows the database and DNS only', () => {
    const { db, shop } = scene();
    const deployment = deploymentIn(shop);
    db.addClient('orders').connect(deployment);
    const { spec, metadata } = egressOf(shop);
    expect(metadata.namespace).toBe('shop');
    expect(spec).toEqual({
      podSelector: { matchLabels: deployment.matchLabels },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'db', 'cdk8s-postgres-tls/database': 'db' } },
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } },
          }],
          ports: [{ port: 5432, protocol: 'TCP' }],
        },
        { ports: [53, 5353].map((port) => ({ port, protocol: 'UDP' })).concat([53, 5353].map((port) => ({ port, protocol: 'TCP' }))) },
      ],
    });
  });

  test('the DNS ports and the mesh of the database', () => {
    const { db, shop } = scene({ network: PostgresNetwork.restricted({ dnsPorts: [1053], mesh: ServiceMesh.linkerd() }) });
    db.addClient('orders').connect(deploymentIn(shop));
    const [database, dns, mesh] = egressOf(shop).spec.egress;
    expect(database.ports.map(({ port }: Manifest) => port)).toEqual([5432, 4143]);
    expect(dns.ports.map(({ port }: Manifest) => port)).toEqual([1053, 1053]);
    expect(mesh.to).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'linkerd' } } }]);
  });

  test.each<[string, SceneProps, object, number]>([
    ['a restricted network', {}, {}, 1], ['egressPolicy: false', {}, { egressPolicy: false }, 0], ['an unrestricted network', { network: PostgresNetwork.unrestricted() }, {}, 0],
    ['an unrestricted network and egressPolicy: true', { network: PostgresNetwork.unrestricted() }, { egressPolicy: true }, 1],
  ])('%s', (_, props, options, count) => {
    const { db, shop } = scene(props);
    db.addClient('orders').connect(deploymentIn(shop), options);
    expect(manifestsOf(shop, 'NetworkPolicy')).toHaveLength(count);
  });

  test('a plain specification by its labels', () => {
    const { db, data, shop } = scene();
    db.addClient('orders').connectPodSpec(shop, { containers: [{ name: 'main', image: IMAGE }] }, { podLabels: { app: 'orders' } });
    expect(egressOf(shop).spec.podSelector).toEqual({ matchLabels: { app: 'orders' } });
    expect(policyOf(data).from).toEqual([{ podSelector: { matchLabels: { app: 'orders' } }, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }]);
  });

  test('allowTo of cdk8s-plus by itself: port 5432 both ways', () => {
    const { db, data, shop } = scene();
    deploymentIn(shop).connections.allowTo(db);
    const [egress, ingress] = manifestsOf(shop, 'NetworkPolicy');
    expect(egress.spec).toMatchObject({
      egress: [{ ports: [{ port: 5432 }], to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } }, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'db' } } }] }],
    });
    expect(ingress).toMatchObject({
      metadata: { namespace: 'data' },
      spec: { podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'db' } }, ingress: [{ ports: [{ port: 5432 }], from: [of('shop')] }] },
    });
    expect(manifestsOf(data, 'NetworkPolicy')).toHaveLength(1);
  });

  test('allowTo for a database that is defined elsewhere', () => {
    const shop = chartIn('shop');
    const db = Postgres.fromPostgresAttributes(shop, 'other', { name: 'other', namespace: 'data', endpoint: new PostgresEndpoint('other.example', 6432) });
    deploymentIn(shop).connections.allowTo(db, { isolation: kplus.PodConnectionsIsolation.POD });
    expect(egressOf(shop).spec.egress[0].ports).toEqual([{ port: 6432, protocol: 'TCP' }]);
  });
});

describe('several connections', () => {
  test('two clients of one workload, each with a prefix', () => {
    const { db, data, app } = scene();
    const deployment = deploymentIn(data);
    db.addClient('orders').connect(deployment);
    db.addClient('stock').connect(deployment, { envPrefix: 'STOCK_' });
    const { containers: [container], volumes } = podOf(data);
    expect(envOf(container)).toMatchObject({ PGUSER: 'orders', STOCK_PGUSER: 'stock', STOCK_PGSSLKEY: '/etc/postgresql-client/db-client-stock/key/tls.key' });
    expect(volumes).toHaveLength(4);
    expect(manifestsOf(data, 'NetworkPolicy')).toHaveLength(2);
    expect(findingsOf(app)).toEqual([]);
    expect(walksOf(app).map(({ outcome }) => outcome)).toEqual(['admitted', 'admitted']);
  });

  test('what breaks the one with a prefix is found at its variable', () => {
    const { db, data } = scene();
    const deployment = deploymentIn(data);
    db.addClient('orders').connect(deployment);
    db.addClient('stock').connect(deployment, { envPrefix: 'STOCK_' });
    const names: string[] = podOf(data).containers[0].env.map(({ name }: Manifest) => name);
    ApiObject.of(deployment).addJsonPatch(JsonPatch.replace(`/spec/template/spec/containers/0/env/${names.indexOf('STOCK_PGUSER')}/value`, 'orders'));
    expect(refusal(data)).toMatch(/\[data\/orders\] PGTLS-T17: .*its variables STOCK_PG….* as 'orders', but the pg_hba\.conf row 'host all all all reject'/);
  });

  test('one client with two databases shares its volumes', () => {
    const { db, data } = scene();
    db.addDatabase('archive');
    db.addDatabase('orders');
    const deployment = deploymentIn(data);
    const reports = db.addClient('reports', { databases: ['orders', 'archive'], privileges: ClientPrivileges.readOnly() });
    reports.connect(deployment);
    reports.connect(deployment, { database: 'archive', envPrefix: 'ARCHIVE_' });
    const { containers: [container], volumes } = podOf(data);
    expect(envOf(container)).toMatchObject({ PGDATABASE: 'orders', ARCHIVE_PGDATABASE: 'archive' });
    expect(volumes).toHaveLength(2);
    expect(container.volumeMounts).toHaveLength(2);
  });

  test('the same call twice changes nothing', () => {
    const once = scene();
    const twice = scene();
    once.db.addClient('orders').connect(deploymentIn(once.shop));
    const [orders, deployment] = [twice.db.addClient('orders'), deploymentIn(twice.shop)];
    const connections = [orders.connect(deployment), orders.connect(deployment)].map((connection) => connection.dsn());
    expect(new Set(connections).size).toBe(1);
    expect(twice.app.synthYaml()).toBe(once.app.synthYaml());
  });

  test('the same call twice for a plain specification changes nothing', () => {
    const { db, shop } = scene();
    const orders = db.addClient('orders');
    const { podSpec: connected, connection } = orders.connectPodSpec(shop, { containers: [{ name: 'main', image: IMAGE }] }, { podLabels: { app: 'orders' } });
    expect(orders.connectPodSpec(shop, connected, { podLabels: { app: 'orders' } })).toEqual({ podSpec: connected, connection });
  });
});

describe('refused, and nothing has changed', () => {
  /** What is refused, after what prepares it. */
  type Refused = (all: ReturnType<typeof scene>) => () => unknown;
  const objectsOf = (app: App) => app.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).map((object) => (object as ApiObject).toJson());
  const connecting = (options: ConnectOptions, props: Partial<kplus.DeploymentProps> = {}): Refused => ({ db, shop }) => {
    const [orders, deployment] = [db.addClient('orders'), deploymentIn(shop, 'orders', props)];
    return () => orders.connect(deployment, options);
  };

  test.each<[string, Refused, string, SceneProps?]>([
    ['a variable', connecting({}, { containers: [{ ...PSQL, envVariables: { PGHOST: kplus.EnvValue.fromValue('x'), PGUSER: kplus.EnvValue.fromValue('y') } }] }),
      "[shop/orders] PostgresClient.connect: container 'main' has other values for PGHOST, PGUSER; give envPrefix, or remove these variables from the container"],
    ['a second client without a prefix', ({ db, shop }) => {
      const deployment = deploymentIn(shop);
      db.addClient('stock').connect(deployment);
      const orders = db.addClient('orders');
      return () => orders.connect(deployment);
    }, "container 'main' has other values for PGDATABASE, PGUSER, PGSSLROOTCERT, PGSSLCERT, PGSSLKEY; give envPrefix"],
    ['a volume', ({ db, shop }) => {
      const deployment = deploymentIn(shop);
      deployment.addVolume(kplus.Volume.fromEmptyDir(shop, 'v', 'db-client-orders-key'));
      const orders = db.addClient('orders');
      return () => orders.connect(deployment);
    }, "the pod has another volume 'db-client-orders-key'; give name"],
    ['a mount', ({ db, shop }) => {
      const deployment = deploymentIn(shop);
      deployment.containers[0]!.mount('/etc/postgresql-client/db-client-orders/ca', kplus.Volume.fromEmptyDir(shop, 'v', 'scratch'));
      const orders = db.addClient('orders');
      return () => orders.connect(deployment);
    }, "container 'main' mounts volume 'scratch' at /etc/postgresql-client/db-client-orders/ca; give name"],
    ['a pod in the network of its node', connecting({}, { hostNetwork: true }), 'the pod has hostNetwork, and the NetworkPolicy of the database admits pods by their labels'],
    ['a prefix that is no name', connecting({ envPrefix: '1-' }), "envPrefix is '1-'; give letters, digits and underscores, not a digit first, for example ORDERS_"],
    ['a name that is no label', connecting({ name: 'Orders' }), "name is 'Orders', from which volumes are named; give lower-case letters, digits and inner hyphens, at most 59 characters"],
    ['a database of another client', connecting({ database: 'stock' }), "database 'stock' is not one of client 'orders'; give one of 'orders'"],
    ['a container that is not there', connecting({ containers: ['man'] }), "containers has 'man'; the pod has 'main'"],
    ['a group ID below 0', connecting({ fsGroup: -1 }), 'fsGroup is -1, which is not a group ID; give a whole number from 0 to 2147483647'],
    ['a second group', connecting({ fsGroup: 5 }, { securityContext: { fsGroup: 6 } }), 'fsGroup is 5, but the pod has fsGroup 6, which reads the key; leave fsGroup out'],
    ['a group, and the platform', connecting({ fsGroup: 5, arbitraryUserId: true }), 'fsGroup is 5, but with arbitraryUserId the platform sets it; give one of them'],
    ['ca.crt of a certificate that there is not', ({ db, data }) => {
      const password = ClientPassword.fromSecret(kplus.Secret.fromSecretName(data, 's', 's'));
      const [orders, deployment] = [db.addClient('orders', { password }), deploymentIn(data)];
      return () => orders.connect(deployment, { trustedServerCas: TrustSource.fromIssuedSecret() });
    }, 'trustedServerCas is TrustSource.fromIssuedSecret(), but the client has no certificate whose Secret contains ca.crt; give a ConfigMap or a Secret'],
    ['a password in another namespace', ({ db, data, shop }) => {
      const password = ClientPassword.fromSecret(kplus.Secret.fromSecretName(data, 's', 'orders-password'));
      const [orders, deployment] = [db.addClient('orders', { password }), deploymentIn(shop)];
      return () => orders.connect(deployment);
    }, "the password of client 'orders' is in Secret 'orders-password' in namespace 'data', which pods in namespace 'shop' cannot read; connect a workload in the namespace of the database"],
    ['a password of a client with a certificate', ({ db, shop }) => {
      const [orders, deployment, password] = [db.addClient('orders'), deploymentIn(shop), ClientPassword.fromSecret(kplus.Secret.fromSecretName(shop, 's', 's'))];
      return () => orders.connect(deployment, { password });
    }, "password is given, but client 'orders' logs in with a certificate; leave it out"],
    ['a plain specification without labels', ({ db, shop }) => {
      const orders = db.addClient('orders');
      return () => orders.connectPodSpec(shop, { containers: [{ name: 'main', image: IMAGE }] }, { podLabels: {} });
    }, '[shop] PostgresClient.connectPodSpec: podLabels is empty, and a NetworkPolicy without labels selects every pod of the namespace; give labels that only these pods have'],
    ['an issuer of one namespace', connecting({}), "Issuer 'db-client-ca' signs the certificate of client 'orders' only in namespace 'data', and the workload is in 'shop'; set tls.clientCa to "
      + 'ClientCa.clusterScoped(), with CertificateRequestPolicies; or run the workload in the namespace of the database; or use cert-manager\'s csi-driver with a ClusterIssuer',
    { tls: ({ servers, trust }) => ({ issuer: servers, trustedServerCas: TrustSource.fromBundle(trust) }) }],
    ['an absent client', ({ db, shop }) => {
      const [orders, deployment] = [db.addClient('orders', { state: DeclaredState.absent({ dropOwned: true }) }), deploymentIn(shop)];
      return () => orders.connect(deployment);
    }, "client 'orders' is absent; remove state from addClient('orders'), or do not connect it"],
    ['a workload without a namespace', ({ db, app }) => {
      const [orders, deployment] = [db.addClient('orders'), deploymentIn(new Chart(app, 'none'))];
      return () => orders.connect(deployment);
    },
    '[none/orders] PostgresClient.connect: the workload has no namespace; give its chart a namespace'],
    ['something else than a workload', ({ db, shop }) => {
      const orders = db.addClient('orders');
      return () => orders.connect(shop as unknown as kplus.AbstractPod);
    }, 'PostgresClient.connect: workload is the construct shop'],
    ['an unknown option', connecting({ prefix: 'X_' } as ConnectOptions), 'prefix is not a property of ConnectOptions; its properties are database, envPrefix'],
  ])('%s', (_, use, expected, ...[props]) => {
    const all = scene(props);
    const call = use(all);
    const before = objectsOf(all.app);
    expect(call).toThrow(expected);
    expect(objectsOf(all.app)).toEqual(before);
  });

  test('a certificate without TLS', () => {
    const { db, data } = scene({ tls: () => undefined });
    const orders = db.addClient('orders');
    expect(() => orders.connect(deploymentIn(data))).toThrow("client 'orders' logs in with a certificate, but the database has no TLS; set tls of the database, or give the client a password");
  });

  test('a plain specification, with the same words', () => {
    const { db, shop } = scene();
    const spec = { containers: [{ name: 'main', image: IMAGE, env: [{ name: 'PGHOST', value: 'x' }] }] };
    expect(() => db.addClient('orders').connectPodSpec(shop, spec, { podLabels: { app: 'orders' } })).toThrow("[shop] PostgresClient.connectPodSpec: container 'main' has other values for PGHOST");
  });
});

describe('the walk of a connection finds what breaks it', () => {
  test.each<[string, string, (deployment: ApiObject, all: ReturnType<typeof scene>) => void]>([
    ['key-readable', 'a pod without fsGroup', (deployment) => { deployment.addJsonPatch(JsonPatch.remove('/spec/template/spec/securityContext/fsGroup')); }],
    ['key-mode', 'another mode of the key', (deployment) => { deployment.addJsonPatch(JsonPatch.replace('/spec/template/spec/volumes/0/secret/defaultMode', 0o444)); }],
    ['server-chain', 'the CA of the clients', (deployment) => {
      deployment.addJsonPatch(JsonPatch.replace('/spec/template/spec/volumes/1', { name: 'db-client-orders-ca', secret: { secretName: 'db-client-orders-cert' } }));
    }],
    ['ingress', 'pods without their label', (deployment) => { deployment.addJsonPatch(JsonPatch.replace('/spec/template/metadata/labels', { app: 'orders' })); }],
  ])('%s: %s', (step, _, breakIt) => {
    const all = scene();
    const deployment = deploymentIn(all.shop, 'orders', { containers: [{ ...PSQL, securityContext: { user: 1000, group: 1000 } }] });
    all.db.addClient('orders').connect(deployment);
    breakIt(ApiObject.of(deployment), all);
    expect(walksOf(all.app, false)).toMatchObject([{ outcome: 'refused', refused: step }]);
    expect(refusal(all.shop)).toContain('[shop/orders] PGTLS-');
  });
});
