import { ApiObject, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import { ConfigMap, Cpu, PersistentVolumeAccessMode, Secret } from 'cdk8s-plus-27';
import {
  AccessMethod, AccessRule, CertificateRevocationList, ClientAuthMode, ClientCa, ClientCertificateCheck, ClusterIssuer, DatabaseLocale, HugePages,
  InitScripts, Issuer, Postgres, PostgresCertificates, PostgresMonitor, PostgresProps, PostgresStorage, PostgresVersion, PrivateKey, SslMode,
  SuperuserAccess, TlsProtocolVersion, Validation, VolumeDataSource,
} from '../../src';
import { chartIn, Manifest, refusal, written } from '../support/tree';

const BASE = { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) };

function withTls(chart: Chart, props: Partial<PostgresProps> = {}, id = 'db'): Postgres {
  return new Postgres(chart, id, { ...BASE, tls: { issuer: Issuer.fromIssuerName(chart, `issuer-of-${id}`, 'ca') }, ...props });
}

function podOf(chart: Chart): Manifest {
  return written(chart, 'StatefulSet').spec.template.spec;
}

function containerOf(chart: Chart, name: string): Manifest {
  const { initContainers, containers } = podOf(chart);
  return [...initContainers, ...containers].find((container: Manifest) => container.name === name);
}

test('names of objects are stable', () => {
  const chart = chartIn();
  withTls(chart);
  expect(Testing.synth(chart).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
    'Issuer/db-client-ca-selfsigned',
    'Certificate/db-client-ca',
    'Issuer/db-client-ca',
    'Certificate/db-server-cert',
    'ServiceAccount/db',
    'ConfigMap/db-config',
    'Service/db',
    'Service/db-pods',
    'NetworkPolicy/db',
    'PodDisruptionBudget/db',
    'StatefulSet/db',
  ]);
});

test('has its StatefulSet as default child, with stable labels as selector', () => {
  const chart = chartIn();
  expect(ApiObject.of(withTls(chart)).kind).toBe('StatefulSet');
  const { podManagementPolicy, selector, serviceName, template } = written(chart, 'StatefulSet').spec;
  expect(selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'db', 'cdk8s-postgres-tls/database': 'db' } });
  expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  expect(serviceName).toBe('db-pods');
  expect(podManagementPolicy).toBe('Parallel');
});

test('the construct id is the name unless one is given', () => {
  const chart = chartIn();
  expect(withTls(chart, { metadata: { name: 'orders' } }).name).toBe('orders');
  expect(written(chart, 'StatefulSet').metadata.name).toBe('orders');
});

describe('defaults of the modes', () => {
  test.each<[string, Partial<PostgresProps>, SslMode, ClientAuthMode]>([
    ['with tls', {}, SslMode.VERIFY_FULL, ClientAuthMode.CERT],
    ['without tls', { tls: undefined }, SslMode.DISABLE, ClientAuthMode.SCRAM],
    ['with tls and a mode', { sslMode: SslMode.PREFER }, SslMode.PREFER, ClientAuthMode.CERT],
    ['with tls and passwords', { clientAuthMode: ClientAuthMode.SCRAM }, SslMode.VERIFY_FULL, ClientAuthMode.SCRAM],
  ])('%s', (_, props, sslMode, clientAuthMode) => {
    expect(withTls(chartIn(), props)).toMatchObject({ sslMode, clientAuthMode });
  });
});

describe('certificates', () => {
  test('the server\'s names every host by which the database can be reached', () => {
    const chart = chartIn();
    withTls(chart);
    expect(written(chart, 'Certificate', 'db-server-cert').spec).toMatchObject({
      commonName: 'db',
      dnsNames: [
        '*.db-pods', '*.db-pods.demo', '*.db-pods.demo.svc', '*.db-pods.demo.svc.cluster.local', 'db', 'db-pods', 'db-pods.demo', 'db-pods.demo.svc',
        'db-pods.demo.svc.cluster.local', 'db.demo', 'db.demo.svc', 'db.demo.svc.cluster.local', 'localhost',
      ],
      ipAddresses: ['127.0.0.1', '::1'],
      secretName: 'db-server-cert',
      usages: ['digital signature', 'key encipherment', 'server auth'],
    });
  });

  test('the clients\' name their role', () => {
    const chart = chartIn();
    withTls(chart, { monitor: PostgresMonitor.prometheus(), superuserAccess: SuperuserAccess.certificate() });
    expect(written(chart, 'Certificate', 'db-client-cert').spec).toMatchObject({ commonName: 'postgres', usages: expect.arrayContaining(['client auth']) });
    expect(written(chart, 'Certificate', 'db-metrics-exporter-cert').spec.commonName).toBe('postgres_exporter');
  });

  test('take the fields of KubeDB, merged with the computed names', () => {
    const chart = chartIn();
    withTls(chart, {
      tls: {
        issuer: Issuer.fromIssuerName(chart, 'issuer', 'ca'),
        certificates: {
          server: {
            issuer: ClusterIssuer.fromClusterIssuerName(chart, 'other', 'other'),
            secretName: 'my-secret',
            subject: { organizations: ['orders'] },
            dnsNames: ['db.example.com', 'localhost'],
            ipAddresses: ['10.0.0.1'],
            uris: ['spiffe://cluster.local/db'],
            emailAddresses: ['dba@example.com'],
            duration: Duration.days(30),
            renewBefore: Duration.days(10),
            privateKey: PrivateKey.rsa(),
          },
        },
      },
    });
    const { metadata, spec } = written(chart, 'Certificate', 'db-server-cert');
    expect(metadata.name).toBe('db-server-cert');
    expect(spec).toMatchObject({
      commonName: 'db',
      issuerRef: { kind: 'ClusterIssuer', name: 'other' },
      secretName: 'my-secret',
      subject: { organizations: ['orders'] },
      dnsNames: expect.arrayContaining(['db.example.com', 'db']),
      ipAddresses: ['10.0.0.1', '127.0.0.1', '::1'],
      uris: ['spiffe://cluster.local/db'],
      emailAddresses: ['dba@example.com'],
      duration: '720h0m0s',
      renewBefore: '240h0m0s',
      privateKey: { algorithm: 'RSA' },
    });
    expect(podOf(chart).volumes).toContainEqual({ name: 'server-cert', secret: { secretName: 'my-secret', defaultMode: 0o440 } });
  });

  test('are exposed, and absent without TLS', () => {
    const chart = chartIn();
    expect(withTls(chart).serverCertificate?.secretName).toBe('db-server-cert');
    expect(withTls(chart, { tls: undefined }, 'plain').serverCertificate).toBeUndefined();
  });

  test('another cluster domain', () => {
    const chart = chartIn();
    const db = withTls(chart, { clusterDomain: 'k8s.example' });
    expect(written(chart, 'Certificate', 'db-server-cert').spec.dnsNames).toContain('db.demo.svc.k8s.example');
    expect(db.endpoint).toEqual({ host: 'db.demo.svc.k8s.example', port: 5432, socketAddress: 'db.demo.svc.k8s.example:5432' });
  });

  test('every host of the endpoint is on the server certificate', () => {
    const chart = chartIn();
    const db = withTls(chart);
    expect(written(chart, 'Certificate', 'db-server-cert').spec.dnsNames).toContain(db.endpoint.host);
  });
});

describe('the pod', () => {
  test('is restricted: no root, no privileges, no writable root, no token', () => {
    const chart = chartIn();
    withTls(chart);
    const pod = podOf(chart);
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const container of [...pod.initContainers, ...pod.containers]) {
      expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
    }
  });

  test('shows why a container has ended: the last lines of its log, of the exporter too', () => {
    const chart = chartIn();
    withTls(chart, { monitor: PostgresMonitor.prometheus() });
    const pod = podOf(chart);
    const containers: Manifest[] = [...pod.initContainers, ...pod.containers];
    expect(containers.map(({ name, terminationMessagePolicy }) => `${name}: ${terminationMessagePolicy}`)).toEqual(['init', 'postgres', 'reloader', 'exporter'].map((name) => `${name}: FallbackToLogsOnError`));
  });

  test('runs postgres itself, without a shell around it or in its probes', () => {
    const chart = chartIn();
    withTls(chart);
    const postgres = containerOf(chart, 'postgres');
    expect(postgres.command).toEqual(['postgres', '-c', 'config_file=/etc/postgresql/postgresql.conf']);
    expect(postgres.readinessProbe.exec.command[0]).toBe('pg_isready');
    expect(postgres.livenessProbe.exec.command).toEqual(['test', '!', '-e', '/var/run/postgresql/server.hangs']);
  });

  test('asks for a fast shutdown itself, for every stop signal of the image', () => {
    const chart = chartIn();
    withTls(chart);
    expect(containerOf(chart, 'postgres').lifecycle).toEqual({
      preStop: { exec: { command: ['pg_ctl', 'stop', '--mode=fast', '--no-wait', '--pgdata=/var/lib/postgresql/18/docker'] } },
    });
    expect(podOf(chart).terminationGracePeriodSeconds).toBe(300);
  });

  test('mounts Secrets as directories of mode 0440, never optional, never by subPath', () => {
    const chart = chartIn();
    withTls(chart);
    const pod = podOf(chart);
    const secrets = pod.volumes.filter((volume: Manifest) => volume.secret);
    expect(secrets).toEqual([
      { name: 'server-cert', secret: { secretName: 'db-server-cert', defaultMode: 0o440 } },
      { name: 'client-ca', secret: { secretName: 'db-client-ca-key-pair', defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ]);
    const mounts = [...pod.initContainers, ...pod.containers].flatMap((container: Manifest) => container.volumeMounts);
    for (const mount of mounts) { expect(mount).not.toHaveProperty('subPath'); }
  });

  test('gives the init container no certificate and no password', () => {
    const chart = chartIn();
    withTls(chart, { clientAuthMode: ClientAuthMode.SCRAM });
    expect(containerOf(chart, 'init').volumeMounts.map((mount: Manifest) => mount.name)).toEqual(['data', 'config', 'tmp', 'shm']);
  });

  test('shows the password to the reloader alone, as a file', () => {
    const chart = chartIn();
    withTls(chart, { clientAuthMode: ClientAuthMode.SCRAM, superuserAccess: SuperuserAccess.password(Secret.fromSecretName(chart, 'auth', 'vault-password')) });
    expect(podOf(chart).volumes).toContainEqual({ name: 'auth', secret: { secretName: 'vault-password', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }] } });
    const users = podOf(chart).containers.filter((container: Manifest) => container.volumeMounts.some((mount: Manifest) => mount.name === 'auth'));
    expect(users.map((container: Manifest) => container.name)).toEqual(['reloader']);
  });

  test.each([ClientAuthMode.CERT, ClientAuthMode.SCRAM])('needs no password with %s, unless the superuser has one', (clientAuthMode) => {
    const chart = chartIn();
    expect(withTls(chart, { clientAuthMode }).authSecretName).toBeUndefined();
    expect(podOf(chart).volumes.map((volume: Manifest) => volume.name)).not.toContain('auth');
  });

  test.each<[PostgresVersion, string, string, string]>([
    [PostgresVersion.V17, '/var/lib/postgresql/data', '/var/lib/postgresql/data/pgdata', 'docker.io/library/postgres:17.10'],
    [PostgresVersion.V18, '/var/lib/postgresql', '/var/lib/postgresql/18/docker', 'docker.io/library/postgres:18.4'],
  ])('puts the data where the image of %p expects it', (version, mountPath, pgData, image) => {
    const chart = chartIn();
    withTls(chart, { version });
    const init = containerOf(chart, 'init');
    expect(init.volumeMounts).toContainEqual({ name: 'data', mountPath });
    expect(init.env).toContainEqual({ name: 'PGDATA', value: pgData });
    expect(init.image).toBe(image);
  });

  test('gets resources by default and on request', () => {
    const chart = chartIn();
    withTls(chart);
    withTls(chart, { resources: { cpu: { request: Cpu.millis(500), limit: Cpu.units(2) }, memory: { request: Size.mebibytes(512), limit: Size.gibibytes(2) } } }, 'other');
    const resourcesOf = (name: string) => written(chart, 'StatefulSet', name).spec.template.spec.containers[0].resources;
    expect(resourcesOf('db')).toEqual({ requests: { 'cpu': '250m', 'memory': '1Gi', 'ephemeral-storage': '64Mi' }, limits: { memory: '1Gi' } });
    expect(resourcesOf('other')).toEqual({ requests: { 'cpu': '500m', 'memory': '512Mi', 'ephemeral-storage': '64Mi' }, limits: { cpu: '2', memory: '2Gi' } });
  });
});

test('scripts for a new database are mounted by the init container alone', () => {
  const chart = chartIn();
  withTls(chart, { init: { scripts: InitScripts.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'scripts', 'schema')) } });
  expect(podOf(chart).volumes).toContainEqual({ name: 'init-scripts', configMap: { name: 'schema', defaultMode: 0o440 } });
  expect(containerOf(chart, 'init').env).toContainEqual({ name: 'INIT_SCRIPTS', value: '/etc/postgresql-init' });
  expect(containerOf(chart, 'postgres').volumeMounts.map((mount: Manifest) => mount.name)).not.toContain('init-scripts');
});

describe('storage', () => {
  test('durable: a claim with kind and version', () => {
    const chart = chartIn();
    withTls(chart, { storage: PostgresStorage.durable({ size: Size.gibibytes(10), storageClassName: 'fast' }) });
    expect(written(chart, 'StatefulSet').spec.volumeClaimTemplates).toEqual([{
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } },
    }]);
  });

  test('the log on a volume of its own, a clone, another access mode', () => {
    const chart = chartIn();
    const wal = { size: Size.gibibytes(2), storageClassName: 'fast', accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD, dataSource: VolumeDataSource.volumeSnapshot('yesterday-wal') };
    withTls(chart, { storage: PostgresStorage.durable({ size: Size.gibibytes(10), dataSource: VolumeDataSource.volumeSnapshot('yesterday'), wal }) });
    const [data, log] = written(chart, 'StatefulSet').spec.volumeClaimTemplates;
    expect(data.spec.dataSource).toEqual({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'yesterday' });
    expect(log).toMatchObject({ metadata: { name: 'wal' }, spec: { accessModes: ['ReadWriteOncePod'], storageClassName: 'fast', resources: { requests: { storage: '2Gi' } } } });
    expect(containerOf(chart, 'init').env).toContainEqual({ name: 'WAL_DIRECTORY', value: '/var/lib/postgresql-wal/18/pg_wal' });
    expect(containerOf(chart, 'postgres').volumeMounts).toContainEqual({ name: 'wal', mountPath: '/var/lib/postgresql-wal' });
    expect(containerOf(chart, 'reloader').volumeMounts).not.toContainEqual(expect.objectContaining({ name: 'wal' }));
  });

  test('ephemeral: an emptyDir', () => {
    const chart = chartIn();
    withTls(chart, { storage: PostgresStorage.ephemeral({ sizeLimit: Size.gibibytes(2) }) });
    expect(podOf(chart).volumes[0]).toEqual({ name: 'data', emptyDir: { sizeLimit: '2Gi' } });
    expect(written(chart, 'StatefulSet').spec).not.toHaveProperty('volumeClaimTemplates');
  });
});

test('huge pages: the server alone asks for them, and does not start without; init never touches them', () => {
  const chart = chartIn();
  withTls(chart, { hugePages: HugePages.of1Gi(Size.gibibytes(2)), parameters: { shared_buffers: '1800MB' } });
  expect(containerOf(chart, 'postgres').resources).toMatchObject({ requests: { 'memory': '1Gi', 'hugepages-1Gi': '2Gi' }, limits: { 'memory': '1Gi', 'hugepages-1Gi': '2Gi' } });
  expect(containerOf(chart, 'init').resources).toEqual({ requests: { 'cpu': '250m', 'memory': '1Gi', 'ephemeral-storage': '64Mi' }, limits: { memory: '1Gi' } });
  expect(written(chart, 'ConfigMap').data['postgresql.conf']).toMatch(/^huge_pages = 'on'\nhuge_page_size = '1GB'$/m);
  const without = chartIn();
  withTls(without);
  expect(written(without, 'ConfigMap').data['postgresql.conf']).toMatch(/^huge_pages = 'off'$/m);
});

describe('a running server or a new pod', () => {
  const checksumOf = (props: Partial<PostgresProps>) => {
    const chart = chartIn();
    withTls(chart, props);
    return written(chart, 'StatefulSet').spec.template.metadata.annotations['cdk8s-postgres-tls/restart-checksum'];
  };

  test('a parameter that can be reloaded leaves the pod as it is', () => {
    expect(checksumOf({ parameters: { work_mem: '8MB' } })).toBe(checksumOf({}));
  });

  test('one that needs a restart replaces the pod', () => {
    expect(checksumOf({ parameters: { wal_level: 'logical' } })).not.toBe(checksumOf({}));
  });

  test('so does a memory limit, which shared_buffers follow', () => {
    expect(checksumOf({ resources: { memory: { limit: Size.gibibytes(2) } } })).not.toBe(checksumOf({}));
  });

  test('access rules and certificates are taken over while it runs', () => {
    expect(checksumOf({ clientAuthMode: ClientAuthMode.SCRAM, accessRules: [AccessRule.host({ users: ['guest'], method: AccessMethod.reject() })] })).toBe(checksumOf({}));
  });
});

describe('configuration', () => {
  const configOf = (props: Partial<PostgresProps>) => {
    const chart = chartIn();
    withTls(chart, props);
    return written(chart, 'ConfigMap').data as Record<string, string>;
  };

  test('with certificates for clients', () => {
    const { 'postgresql.conf': conf } = configOf({});
    expect(conf).toContain("ssl = on\nssl_cert_file = '/tls/certs/server/tls.crt'\nssl_key_file = '/tls/certs/server/tls.key'\n");
    expect(conf).toContain("ssl_ca_file = '/tls/certs/client/ca.crt'");
    expect(conf).toContain("ssl_min_protocol_version = 'TLSv1.3'");
    expect(conf).toContain("listen_addresses = '*'");
  });

  test('with passwords over TLS asks for no client certificate', () => {
    expect(configOf({ clientAuthMode: ClientAuthMode.SCRAM })['postgresql.conf']).not.toContain('ssl_ca_file');
  });

  test('with passwords and a certificate on top', () => {
    const { 'postgresql.conf': conf, 'pg_hba.conf': hba } = configOf({ clientAuthMode: ClientAuthMode.SCRAM, clientCertificate: ClientCertificateCheck.VERIFY_FULL });
    expect(conf).toContain("ssl_ca_file = '/tls/certs/client/ca.crt'");
    expect(hba).toMatch(/^hostssl +all +all +all +scram-sha-256 clientcert=verify-full$/m);
  });

  test('TLS settings, by the names of each major', () => {
    const tls = (chart: Chart) => ({
      issuer: Issuer.fromIssuerName(chart, 'mine', 'ca'), minProtocolVersion: TlsProtocolVersion.TLS_1_2, maxProtocolVersion: TlsProtocolVersion.TLS_1_3, ciphers: 'HIGH', groups: ['X25519'],
      certificateRevocationList: CertificateRevocationList.fromSecret(Secret.fromSecretName(chart, 'crl', 'revoked'), 'list.crl'),
    });
    const chart = chartIn();
    withTls(chart, { version: PostgresVersion.V17, tls: tls(chart) });
    const conf = written(chart, 'ConfigMap').data['postgresql.conf'];
    expect(conf).toContain("ssl_min_protocol_version = 'TLSv1.2'");
    expect(conf).toContain("ssl_crl_file = '/tls/crl/list.crl'\nssl_max_protocol_version = 'TLSv1.3'\nssl_ciphers = 'HIGH'\nssl_ecdh_curve = 'X25519'\n");
    expect(podOf(chart).volumes).toContainEqual({ name: 'crl', secret: { secretName: 'revoked', defaultMode: 0o440, items: [{ key: 'list.crl', path: 'list.crl' }] } });
    expect(containerOf(chart, 'reloader').command).toContain('/tls/crl');
  });

  test('user mappings', () => {
    const { 'pg_ident.conf': ident } = configOf({
      accessRules: [AccessRule.hostssl({ method: AccessMethod.cert({ map: 'people', distinguishedName: true }) })],
      userMappings: [{ map: 'people', systemUser: 'CN=alice,O=orders', databaseUser: 'orders' }, { map: 'people', systemUser: '/^CN=(.*),O=ops$', databaseUser: '\\1' }],
    });
    expect(ident!.split('\n').slice(2, 4)).toEqual(['people     "CN=alice,O=orders"  orders', 'people     "/^CN=(.*),O=ops$"   "\\1"']);
  });

  test('without TLS', () => {
    const { 'postgresql.conf': conf } = configOf({ tls: undefined });
    expect(conf).toContain('ssl = off\n');
    expect(conf).not.toContain('ssl_');
  });

  test('md5 stores what md5 clients can prove', () => {
    expect(configOf({ clientAuthMode: ClientAuthMode.MD5 })['postgresql.conf']).toContain("password_encryption = 'md5'");
    expect(configOf({})['postgresql.conf']).toContain("password_encryption = 'scram-sha-256'");
  });

  test('the reloader has a role that may only reload', () => {
    const { 'pg_hba.conf': hba, 'pg_ident.conf': ident, 'roles.sql': roles } = configOf({});
    expect(hba).toMatch(/^local +postgres +postgres_reloader +peer map=pod$/m);
    expect(ident).toMatch(/^pod +postgres +postgres_reloader$/m);
    expect(roles).toContain('GRANT EXECUTE ON FUNCTION pg_reload_conf() TO postgres_reloader;');
  });

  test('carries the scripts as they are', () => {
    expect(configOf({})['init.sh']).toMatch(/^#!\/bin\/sh\n/);
    expect(configOf({})['reload.sh']).toMatch(/^#!\/bin\/sh\n/);
  });
});

test('the Service for applications and the headless one include a pod that is not ready', () => {
  const chart = chartIn();
  withTls(chart);
  expect(written(chart, 'Service', 'db').spec).toMatchObject({ type: 'ClusterIP', publishNotReadyAddresses: true, ports: [{ name: 'postgresql', port: 5432, targetPort: 'postgresql' }] });
  expect(written(chart, 'Service', 'db-pods').spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
});

test('no edges between objects: they would rename the files of a GitOps repository', () => {
  const chart = chartIn();
  withTls(chart);
  expect(chart.node.findAll().flatMap(({ node }) => node.dependencies)).toEqual([]);
});

test('user patches survive, unknown fields included', () => {
  const chart = chartIn();
  ApiObject.of(withTls(chart)).addJsonPatch(JsonPatch.add('/spec/template/spec/fieldOfTomorrow', 1));
  expect(podOf(chart).fieldOfTomorrow).toBe(1);
});

describe('warnings', () => {
  test('a client CA that every namespace can ask', () => {
    const chart = chartIn();
    const issuer = ClusterIssuer.fromClusterIssuerName(chart, 'shared', 'shared');
    const db = withTls(chart, { tls: { issuer, clientCa: ClientCa.shared(issuer) } });
    expect(Validation.of(db).findings()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-E14' }), location: expect.objectContaining({ path: 'chart/db' }) })]);
  });

  test('not with a client CA of its own, for every issuer of the server certificate', () => {
    const chart = chartIn();
    expect(Validation.of(withTls(chart, { tls: { issuer: ClusterIssuer.fromClusterIssuerName(chart, 'shared', 'shared') } })).findings()).toEqual([]);
  });
});

describe('the CA of clients', () => {
  const names = (chart: Chart, kind: string) => Testing.synth(chart).filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name);
  const rootOf = (chart: Chart) => podOf(chart).volumes.find(({ name }: Manifest) => name === 'client-ca')?.secret;

  test('is the database\'s own: a root whose key never rotates, and an issuer for what logs in', () => {
    const chart = chartIn();
    const db = withTls(chart, { monitor: PostgresMonitor.prometheus(), superuserAccess: SuperuserAccess.certificate() });
    expect(written(chart, 'Certificate', 'db-client-ca').spec).toMatchObject({ isCA: true, commonName: 'db client CA', secretName: 'db-client-ca-key-pair', privateKey: { rotationPolicy: 'Never' } });
    for (const name of ['db-client-cert', 'db-metrics-exporter-cert']) { expect(written(chart, 'Certificate', name).spec.issuerRef).toMatchObject({ kind: 'Issuer', name: 'db-client-ca' }); }
    expect(written(chart, 'Certificate', 'db-server-cert').spec.issuerRef.name).toBe('ca');
    expect(db.clientIssuer?.issuerName).toBe('db-client-ca');
    expect(Validation.of(chart).findings()).toEqual([]);
  });

  test('is not there where nothing logs in with a certificate', () => {
    const chart = chartIn();
    const db = withTls(chart, { clientAuthMode: ClientAuthMode.SCRAM, superuserAccess: SuperuserAccess.password() });
    expect(names(chart, 'Certificate')).toEqual(['db-server-cert']);
    expect(db.clientIssuer).toBeUndefined();
  });

  test.each<[string, Partial<PostgresProps>, string[]]>([
    ['the server alone', {}, ['db-client-ca', 'db-server-cert']],
    ['the superuser, who comes by certificate', { superuserAccess: SuperuserAccess.certificate() }, ['db-client-ca', 'db-server-cert', 'db-client-cert']],
    ['the exporter, where there is one', { monitor: PostgresMonitor.prometheus() }, ['db-client-ca', 'db-server-cert', 'db-metrics-exporter-cert']],
    ['the exporter beside passwords', { monitor: PostgresMonitor.prometheus(), clientAuthMode: ClientAuthMode.SCRAM }, ['db-client-ca', 'db-server-cert', 'db-metrics-exporter-cert']],
  ])('certificates for %s', (_, props, expected) => {
    const chart = chartIn();
    withTls(chart, props);
    expect(names(chart, 'Certificate')).toEqual(expected);
  });

  test('signs for every namespace behind a ClusterIssuer, which wants a policy', () => {
    const chart = chartIn();
    const db = withTls(chart, { tls: { issuer: Issuer.fromIssuerName(chart, 'servers', 'servers'), clientCa: ClientCa.clusterScoped() } });
    expect(db.clientIssuer).toMatchObject({ issuerKind: 'ClusterIssuer', issuerName: 'db-client-ca' });
    expect(written(chart, 'Certificate', 'db-client-ca').metadata.namespace).toBe('cert-manager');
    // What brings ca.crt into the namespace can log in nowhere.
    expect(written(chart, 'Certificate', 'db-client-ca-trust').spec).toMatchObject({ usages: ['digital signature', 'server auth'], issuerRef: { kind: 'ClusterIssuer', name: 'db-client-ca' } });
    expect(rootOf(chart)).toMatchObject({ secretName: 'db-client-ca-trust', items: [{ key: 'ca.crt', path: 'ca.crt' }] });
    expect(Validation.of(chart).findings().map(({ rule: { code } }) => code)).toEqual(['PGTLS-E14']);
  });

  test('is shared by its name alone, and then lies where a certificate of it lies', () => {
    const chart = chartIn();
    new Postgres(chart, 'db', { ...BASE, ...sharing(chart) });
    expect(rootOf(chart)).toMatchObject({ secretName: 'db-server-cert' });
    const other = chartIn();
    new Postgres(other, 'db', { ...BASE, ...sharing(other), superuserAccess: SuperuserAccess.certificate() });
    expect(rootOf(other)).toMatchObject({ secretName: 'db-client-cert' });
    expect(written(other, 'Certificate', 'db-client-cert').spec.issuerRef.name).toBe('acme');
  });
});

function sharing(chart: Chart, options = {}, props: Partial<PostgresProps> = {}): Partial<PostgresProps> {
  const issuer = Issuer.fromIssuerName(chart, 'shared', 'acme', options);
  return { tls: { issuer, clientCa: ClientCa.shared(issuer) }, ...props };
}

describe('contradictions that types cannot stop', () => {
  test.each<[string, (chart: Chart) => Partial<PostgresProps>]>([
    ["PGTLS-P01: sslMode 'require' is set without tls; set tls with an issuer, or set sslMode to 'disable'", () => ({ tls: undefined, sslMode: SslMode.REQUIRE })],
    ["PGTLS-P02: sslMode 'disable' is set together with tls; remove one of them", () => ({ sslMode: SslMode.DISABLE })],
    ["PGTLS-P03: clientAuthMode 'cert' is set without TLS", () => ({ tls: undefined, clientAuthMode: ClientAuthMode.CERT })],
    ['PGTLS-P08: PostgreSQL 12 is not a supported major version; use one of 14, 15, 16, 17, 18', () => ({ version: PostgresVersion.of(12, 'postgres:12') })],
    ['PGTLS-P09: storage size InfinityKi is not positive and finite', () => ({ storage: PostgresStorage.durable({ size: Size.gibibytes(Infinity) }) })],
    ['PGTLS-P09: storage size 0Ki is not positive', () => ({ storage: PostgresStorage.durable({ size: Size.gibibytes(0) }) })],
    ['PGTLS-P86: resources: memory request 2Gi is above the limit 1Gi', () => ({ resources: { memory: { request: Size.gibibytes(2), limit: Size.gibibytes(1) } } })],
    [`PGTLS-P10: name '${'d'.repeat(53)}' is 53 characters long, at most 52 are allowed`, () => ({ metadata: { name: 'd'.repeat(53) } })],
    ["PGTLS-P10: name '1db' does not start with a letter", () => ({ metadata: { name: '1db' } })],
    ["PGTLS-P18: the server checks client certificates with ca.crt of the client CA, which issuer 'acme' does not provide", (chart) => sharing(chart, { providesCaCertificate: false }, { superuserAccess: SuperuserAccess.certificate() })],
    ["PGTLS-P55: accessRules: a rule contains 'postgres', whose access is set by superuserAccess", () => ({ accessRules: [AccessRule.hostssl({ users: ['postgres', 'app'], method: AccessMethod.cert() })] })],
    ["PGTLS-P55: accessRules: a rule contains 'postgres_reloader', a role of the pod", () => ({ accessRules: [AccessRule.hostssl({ users: ['postgres_reloader'], method: AccessMethod.cert() })] })],
    ["PGTLS-P56: tls.clientCa: no Secret of this database contains ca.crt of issuer 'acme'", (chart) => ({
      tls: { issuer: Issuer.fromIssuerName(chart, 'servers', 'servers'), clientCa: ClientCa.shared(Issuer.fromIssuerName(chart, 'acme', 'acme')) },
    })],
    ['PGTLS-P57: superuserAccess is by certificate, but TLS is off', () => ({ tls: undefined, superuserAccess: SuperuserAccess.certificate() })],
    ["PGTLS-P57: superuserAccess: address '10.0.0.1' is not a network", () => ({ superuserAccess: SuperuserAccess.certificate({ addresses: ['10.0.0.1'] }) })],
    ['PGTLS-P57: superuserAccess has an empty list of addresses', () => ({ superuserAccess: SuperuserAccess.certificate({ addresses: [] }) })],
    ['PGTLS-P58: tls.certificates.client is given, but that certificate is not issued: superuserAccess is not by certificate', (chart) => tlsOf(chart, { client: {} })],
    ['PGTLS-P58: tls.certificates.metricsExporter is given, but that certificate is not issued: monitor is not set', (chart) => tlsOf(chart, { metricsExporter: {} })],
    ["PGTLS-P59: tls.clientCa is set, but tls.certificates.client has another issuer: 'another'", (chart) => ({
      superuserAccess: SuperuserAccess.certificate(),
      tls: {
        issuer: Issuer.fromIssuerName(chart, 'servers', 'servers'), clientCa: ClientCa.dedicated(),
        certificates: { client: { issuer: Issuer.fromIssuerName(chart, 'another', 'another') } },
      },
    })],
  ])('%s', (message, props) => {
    const chart = chartIn();
    new Postgres(chart, 'db', { ...BASE, tls: { issuer: Issuer.fromIssuerName(chart, 'issuer', 'ca') }, ...props(chart) } as PostgresProps);
    expect(refusal(chart)).toContain(`[chart/db] ${message}`);
  });

  test('an issuer that is referred to in another namespace', () => {
    const chart = chartIn();
    const far = Issuer.fromIssuerName(chartIn('elsewhere', 'elsewhere', chart.node.root as never), 'far', 'ca');
    new Postgres(chart, 'db', { ...BASE, tls: { issuer: far } });
    expect(refusal(chart)).toContain("PGTLS-A06: issuerRef names Issuer 'ca', which is in namespace 'elsewhere', but the Certificate is in namespace 'demo'");
  });

  const rule = AccessRule.hostssl({ users: ['orders'], method: AccessMethod.cert() });
  const mapped = AccessRule.hostssl({ users: ['orders'], method: AccessMethod.cert({ map: 'people' }) });
  const tlsWith = (chart: Chart, options: object) => ({ tls: { issuer: Issuer.fromIssuerName(chart, 'other', 'ca'), ...options } });

  // Access, TLS settings and parameters: what breaks each rule, and what only just does not.
  test.each<[string, (chart: Chart) => Partial<PostgresProps>, (chart: Chart) => Partial<PostgresProps>]>([
    ["PGTLS-P11: sslMode 'verify-full' requires TLS, but the rule 'host all orders all scram-sha-256' allows plaintext",
      () => ({ accessRules: [AccessRule.host({ users: ['orders'], method: AccessMethod.scram() })] }),
      () => ({ accessRules: [AccessRule.host({ users: ['orders'], method: AccessMethod.reject() })] })],
    ["PGTLS-P12: clientCertificate 'verify-ca' is set with sslMode 'prefer'",
      () => ({ sslMode: SslMode.PREFER, clientAuthMode: ClientAuthMode.SCRAM, clientCertificate: ClientCertificateCheck.VERIFY_CA }),
      () => ({ sslMode: SslMode.REQUIRE, clientAuthMode: ClientAuthMode.SCRAM, clientCertificate: ClientCertificateCheck.VERIFY_CA })],
    ["PGTLS-P13: the rule 'hostssl all all all scram-sha-256' can never match: TLS is off",
      () => ({ tls: undefined, accessRules: [AccessRule.hostssl({ method: AccessMethod.scram() })] }),
      () => ({ tls: undefined, accessRules: [AccessRule.host({ users: ['a'], method: AccessMethod.scram() })] })],
    ["PGTLS-P14: the rule 'hostssl orders orders all cert' is never reached: the rule 'hostssl all orders all cert' matches first",
      () => ({ accessRules: [rule, AccessRule.hostssl({ databases: ['orders'], users: ['orders'], method: AccessMethod.cert() })] }),
      () => ({ accessRules: [AccessRule.hostssl({ databases: ['orders'], users: ['orders'], method: AccessMethod.cert() }), rule] })],
    ['PGTLS-P15: tls.maxProtocolVersion TLSv1.2 is below the minimum TLSv1.3',
      (chart) => tlsWith(chart, { maxProtocolVersion: TlsProtocolVersion.TLS_1_2 }),
      (chart) => tlsWith(chart, { minProtocolVersion: TlsProtocolVersion.TLS_1_2, maxProtocolVersion: TlsProtocolVersion.TLS_1_2, ciphers: 'HIGH' })],
    ['PGTLS-P15: tls.ciphers applies to TLS 1.2, which tls.minProtocolVersion disables',
      (chart) => tlsWith(chart, { ciphers: 'HIGH' }),
      (chart) => tlsWith(chart, { ciphers: 'HIGH', minProtocolVersion: TlsProtocolVersion.TLS_1_2 })],
    ['PGTLS-P15: tls.cipherSuites requires PostgreSQL 18, but the version is 17',
      (chart) => ({ version: PostgresVersion.V17, ...tlsWith(chart, { cipherSuites: ['TLS_AES_256_GCM_SHA384'] }) }),
      (chart) => tlsWith(chart, { cipherSuites: ['TLS_AES_256_GCM_SHA384'] })],
    ['PGTLS-P15: tls.groups has 2 entries, but PostgreSQL 17 supports exactly one',
      (chart) => ({ version: PostgresVersion.V17, ...tlsWith(chart, { groups: ['X25519', 'prime256v1'] }) }),
      (chart) => ({ version: PostgresVersion.V17, ...tlsWith(chart, { groups: ['X25519'] }) })],
    ['PGTLS-P15: tls.certificateRevocationList is set, but the server does not check client certificates',
      (chart) => ({ clientAuthMode: ClientAuthMode.SCRAM, ...tlsWith(chart, { certificateRevocationList: crl(chart) }) }),
      (chart) => tlsWith(chart, { certificateRevocationList: crl(chart) })],
    ["PGTLS-P16: the rule 'hostssl all all 10.0.0.1/8 scram-sha-256': address '10.0.0.1/8' has bits set to the right of its mask",
      () => ({ accessRules: [AccessRule.hostssl({ address: '10.0.0.1/8', method: AccessMethod.scram() })] }),
      () => ({ accessRules: [AccessRule.hostssl({ address: '10.0.0.0/8', method: AccessMethod.scram() })] })],
    ["PGTLS-P16: the rule 'host all a all cert' asks for a client certificate, but is not hostssl",
      () => ({ sslMode: SslMode.PREFER, accessRules: [AccessRule.host({ users: ['a'], method: AccessMethod.cert() })] }),
      () => ({ sslMode: SslMode.PREFER, accessRules: [AccessRule.hostssl({ users: ['a'], method: AccessMethod.cert() })] })],
    ["PGTLS-P16: the rule 'hostssl all /^a all cert' has a regular expression, which PostgreSQL 15 does not support",
      () => ({ version: PostgresVersion.V15, accessRules: [AccessRule.hostssl({ users: ['/^a'], method: AccessMethod.cert() })] }),
      () => ({ version: PostgresVersion.V16, accessRules: [AccessRule.hostssl({ users: ['/^a'], method: AccessMethod.cert() })] })],
    ["PGTLS-P17: userMappings: map 'people' of an access rule is not defined",
      () => ({ accessRules: [mapped] }),
      () => ({ accessRules: [mapped], userMappings: [{ map: 'people', systemUser: 'alice', databaseUser: 'orders' }] })],
    ["PGTLS-P17: userMappings: map 'unused' is not used by any access rule",
      () => ({ userMappings: [{ map: 'unused', systemUser: 'a', databaseUser: 'b' }] }),
      () => ({ accessRules: [mapped], userMappings: [{ map: 'people', systemUser: '/^(.*)@example$', databaseUser: '\\1' }] })],
    ["PGTLS-P17: userMappings: the expression '/admin' of map 'people' is not anchored and matches parts of names",
      () => ({ accessRules: [mapped], userMappings: [{ map: 'people', systemUser: '/admin', databaseUser: 'orders' }] }),
      () => ({ accessRules: [mapped], userMappings: [{ map: 'people', systemUser: '/^admin$', databaseUser: 'orders' }] })],
    ["PGTLS-P21: parameter 'io_method' does not exist in PostgreSQL 17; it exists in 18 to 18",
      () => ({ version: PostgresVersion.V17, parameters: { io_method: 'sync' } }), () => ({ parameters: { io_method: 'sync' } })],
    ["PGTLS-P21: parameter 'work_memm' does not exist in PostgreSQL 18; correct the name", () => ({ parameters: { work_memm: '1MB' } }), () => ({ parameters: { 'auto_explain.log_analyze': 'on' } })],
    ["PGTLS-P22: parameter 'ssl' cannot be set in parameters: tls and sslMode set it", () => ({ parameters: { ssl: 'off' } }), () => ({ parameters: { log_connections: 'all' } })],
    ["PGTLS-P22: parameter 'Listen_Addresses' cannot be set in parameters", () => ({ parameters: { Listen_Addresses: '*' } }), () => ({})],
    ["PGTLS-P23: value 'lots' of parameter 'work_mem' is not a number", () => ({ parameters: { work_mem: 'lots' } }), () => ({ parameters: { work_mem: '64kB' } })],
    ['PGTLS-P24: the memory limit of 1024Mi is too small for shared_buffers 1GB', () => ({ parameters: { shared_buffers: '1GB' } }), () => ({ parameters: { shared_buffers: '512MB' } })],
    ['PGTLS-P24: the memory limit of 127Mi is below 128Mi', () => ({ resources: { memory: { limit: Size.mebibytes(127) } } }), () => ({ resources: { memory: { limit: Size.mebibytes(128) } } })],
    ['PGTLS-P29: hugePages of 301Mi is not a positive multiple of the page size 2Mi', () => ({ hugePages: HugePages.of2Mi(Size.mebibytes(301)) }), () => ({ hugePages: HugePages.of2Mi(Size.mebibytes(302)) })],
    ['PGTLS-P29: hugePages of 256Mi is too small for shared_buffers 256MB', () => ({ hugePages: HugePages.of2Mi(Size.mebibytes(256)) }), () => ({ hugePages: HugePages.of2Mi(Size.mebibytes(258)) })],
    ['PGTLS-P28: init.locale: provider builtin requires PostgreSQL 17, but the version is 16',
      () => ({ version: PostgresVersion.V16, init: { locale: DatabaseLocale.builtin() } }), () => ({ version: PostgresVersion.V16, init: { locale: DatabaseLocale.icu('de-DE') } })],
    ["PGTLS-P28: init.encoding 'LATIN1' is not supported with the locale provider builtin", () => ({ init: { encoding: 'LATIN1' } }), () => ({ init: { encoding: 'LATIN1', locale: DatabaseLocale.libc('C') } })],
    ['PGTLS-P28: init.walSegmentSize 48 MiB is not a power of two', () => ({ init: { walSegmentSize: Size.mebibytes(48) } }), () => ({ init: { walSegmentSize: Size.mebibytes(64) } })],
    ["PGTLS-P27: parameter 'work_mem' is set twice", () => ({ parameters: { Work_Mem: '1MB', work_mem: '2MB' } }), () => ({ parameters: { work_mem: '2MB' } })],
  ])('%s', (message, broken, met) => {
    const refusalOf = (props: (chart: Chart) => Partial<PostgresProps>) => {
      const chart = chartIn();
      new Postgres(chart, 'db', { ...BASE, tls: { issuer: Issuer.fromIssuerName(chart, 'issuer', 'ca') }, ...props(chart) });
      return refusal(chart);
    };
    expect(refusalOf(broken)).toContain(`[chart/db] ${message}`);
    expect(refusalOf(met)).toBe('');
  });

  test('a chart without namespace', () => {
    const chart = new Chart(Testing.app(), 'chart');
    withTls(chart);
    expect(refusal(chart)).toContain('[chart/db] PGTLS-P07: the chart has no namespace');
  });

  function crl(chart: Chart): CertificateRevocationList {
    return CertificateRevocationList.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'crl', 'revoked'));
  }

  function tlsOf(chart: Chart, certificates: PostgresCertificates): Partial<PostgresProps> {
    return { tls: { issuer: Issuer.fromIssuerName(chart, 'other', 'ca'), certificates } };
  }
});
