import { Chart, Duration, Size, Testing } from 'cdk8s';
import {
  Certificate, CertificateAuthority, CertificateProps, CertManagerVersion, ClientAuthMode, ClientCa, ClusterIssuer, IIssuer, Issuer, IssuerSource, Postgres, PostgresMonitor,
  PostgresProps, PostgresStorage, PostgresVersion, PrometheusOptions, RenewalPolicy, Validation,
} from '../../src';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest, refusal, written } from '../support/tree';

function watched(monitor: PrometheusOptions = {}, props: (chart: Chart) => Partial<PostgresProps> = () => ({})): Chart {
  const chart = chartIn();
  new Postgres(chart, 'db', {
    version: PostgresVersion.V18,
    tls: { issuer: new CertificateAuthority(chart, 'ca').issuer },
    storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
    monitor: PostgresMonitor.prometheus(monitor),
    ...props(chart),
  });
  return chart;
}

const serverFrom = (providesCaCertificate: boolean) => (chart: Chart) => ({
  tls: {
    issuer: new CertificateAuthority(chart, 'clients').issuer,
    certificates: { server: { issuer: Issuer.fromIssuerName(chart, 'acme', 'acme', { providesCaCertificate }) } },
  },
});
const without = () => ({ tls: undefined });
const containersOf = (chart: Chart): Manifest[] => written(chart, 'StatefulSet').spec.template.spec.containers;
const exporterOf = (chart: Chart): Manifest => containersOf(chart).find(({ name }) => name === 'exporter');
const hbaOf = (chart: Chart): string[] => written(chart, 'ConfigMap').data['pg_hba.conf'].split('\n').map((line: string) => line.replace(/ +/g, ' '));

test('is not written without `monitor`', () => {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral() });
  expect(containersOf(chart).map(({ name }) => name)).toEqual(['postgres', 'reloader']);
  expect(written(chart, 'ConfigMap').data['roles.sql']).not.toContain('postgres_exporter');
});

test('adds an exporter, restricted like the rest, and a Service for its metrics', () => {
  const chart = watched();
  expect(exporterOf(chart)).toMatchObject({
    image: 'quay.io/prometheuscommunity/postgres-exporter:v0.18.1',
    args: ['--web.listen-address=:9187', '--web.config.file=/etc/postgresql/exporter-web.yml'],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
  });
  expect(written(chart, 'Service', 'db-stats').spec).toMatchObject({ ports: [{ name: 'metrics', port: 9187, targetPort: 'metrics' }] });
});

test('logs in with its own certificate as its own role, from inside the pod only', () => {
  const chart = watched();
  expect(exporterOf(chart).env).toEqual([{
    name: 'DATA_SOURCE_NAME',
    value: 'host=127.0.0.1 port=5432 sslmode=verify-full sslrootcert=/tls/certs/server-authority/ca.crt sslcert=/tls/certs/metrics-exporter/tls.crt '
      + 'sslkey=/tls/certs/metrics-exporter/tls.key user=postgres_exporter dbname=postgres',
  }]);
  expect(hbaOf(chart).slice(1, 4)).toEqual(['local all postgres peer', 'local postgres postgres_reloader peer map=pod', 'hostssl postgres postgres_exporter 127.0.0.1/32 cert']);
  expect(exporterOf(chart).volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/etc/postgresql', '/tls/certs/server-authority', '/tls/certs/metrics-exporter']);
});

test('mounts only ca.crt of the server\'s Secret, which may be of another CA than its own', () => {
  const { volumes } = written(watched(), 'StatefulSet').spec.template.spec;
  expect(volumes).toContainEqual({ name: 'server-ca', secret: { secretName: 'db-server-cert', defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] } });
});

test('its certificate serves the metrics as well, by the names of their Service', () => {
  expect(written(watched(), 'Certificate', 'db-metrics-exporter-cert').spec).toMatchObject({
    dnsNames: ['db-stats', 'db-stats.demo', 'db-stats.demo.svc', 'db-stats.demo.svc.cluster.local'],
    usages: ['digital signature', 'key encipherment', 'client auth', 'server auth'],
  });
});

test('has its certificate beside passwords too, and no warning for a CA that no other client can use', () => {
  const chart = watched({}, (all) => ({ clientAuthMode: ClientAuthMode.SCRAM, tls: { issuer: ClusterIssuer.fromClusterIssuerName(all, 'shared', 'shared') } }));
  expect(written(chart, 'ConfigMap').data['postgresql.conf']).toContain("ssl_ca_file = '/tls/certs/client/ca.crt'");
  expect(Validation.of(chart).findings()).toEqual([]);
});

test('without TLS it connects over the socket, as its own role', () => {
  const chart = watched({}, without);
  expect(exporterOf(chart).env[0].value).toBe('host=/var/run/postgresql port=5432 sslmode=disable user=postgres_exporter dbname=postgres');
  expect(hbaOf(chart)[3]).toBe('local postgres postgres_exporter peer map=pod');
  expect(written(chart, 'ConfigMap').data['pg_ident.conf']).toMatch(/^pod +postgres +postgres_exporter$/m);
  expect(Object.keys(written(chart, 'ConfigMap').data)).not.toContain('exporter-web.yml');
});

test('the reloader creates its role', () => {
  const chart = watched();
  expect(containersOf(chart)[1].env).toContainEqual({ name: 'ROLES_FILE', value: '/etc/postgresql/roles.sql' });
  expect(written(chart, 'ConfigMap').data['roles.sql']).toContain('GRANT pg_monitor TO postgres_exporter;');
});

test('its liveness probe leaves no line in its log: HTTPS where it has TLS, none where kubelet would need a certificate', () => {
  const certificate = Certificate.fromSecretName(chartIn(), 'a', 'a');
  expect(exporterOf(watched()).livenessProbe).toMatchObject({ httpGet: { path: '/', port: 'metrics', scheme: 'HTTPS' } });
  expect(exporterOf(watched({}, without)).livenessProbe).toMatchObject({ httpGet: { path: '/', port: 'metrics', scheme: 'HTTP' } });
  expect(exporterOf(watched({ serviceMonitor: { clientCertificate: certificate } })).livenessProbe).toBeUndefined();
});

test('a ServiceMonitor verifies the exporter', () => {
  const chart = watched({ serviceMonitor: { labels: { release: 'prometheus' }, interval: Duration.seconds(30) } });
  const { metadata, spec } = written(chart, 'ServiceMonitor');
  expect(metadata.labels.release).toBe('prometheus');
  expect(written(chart, 'Service', 'db-stats').metadata.labels).toMatchObject(spec.selector.matchLabels);
  expect(spec).toEqual({
    selector: { matchLabels: { 'cdk8s-postgres-tls/database': 'db', 'app.kubernetes.io/component': 'metrics' } },
    endpoints: [{ port: 'metrics', interval: '30s', scheme: 'https', tlsConfig: { ca: { secret: { name: 'db-metrics-exporter-cert', key: 'ca.crt' } }, serverName: 'db-stats.demo.svc' } }],
  });
});

test('a ServiceMonitor presents a certificate where one is required', () => {
  const chart = chartIn();
  const { issuer } = new CertificateAuthority(chart, 'ca');
  new Postgres(chart, 'db', {
    version: PostgresVersion.V18, tls: { issuer }, storage: PostgresStorage.ephemeral(),
    monitor: PostgresMonitor.prometheus({ serviceMonitor: { clientCertificate: new Certificate(chart, 'prometheus', { issuer, commonName: 'prometheus' }) } }),
  });
  expect(written(chart, 'ServiceMonitor').spec.endpoints[0].tlsConfig).toMatchObject({ cert: { secret: { name: 'prometheus', key: 'tls.crt' } }, keySecret: { name: 'prometheus', key: 'tls.key' } });
  expect(written(chart, 'ConfigMap').data['exporter-web.yml']).toContain('client_auth_type: RequireAndVerifyClientCert');
});

test('alerts on certificates fire after a quarter of renewBefore', () => {
  const chart = watched({ alerts: { labels: { team: 'a' } } }, (all) => ({
    tls: { issuer: new CertificateAuthority(all, 'other').issuer, certificates: { server: { duration: Duration.days(8), renewBefore: Duration.days(4) } } },
  }));
  const { metadata, spec } = written(chart, 'PrometheusRule');
  expect(metadata.labels.team).toBe('a');
  const rules: Manifest[] = spec.groups[0].rules;
  expect(rules.map(({ alert }) => alert)).toEqual([
    'PostgresDown', 'PostgresMetricsIncomplete', 'PostgresServerCrashed', 'PostgresConnectionsNearLimit', 'PostgresReplicationSlotInactive', 'PostgresReloadFailed',
    'PostgresContainerRestarted', 'PostgresVolumeNearlyFull',
    'PostgresCertificateNotRenewed', 'PostgresCertificateNotRenewed', 'PostgresCertificateNotRenewed', 'PostgresCertificateNotRenewed',
    'PostgresMetricsMissing', 'PostgresMetricsMissing', 'PostgresMetricsMissing',
  ]);
  const [server, client, ...cas] = rules.filter(({ alert }) => alert === 'PostgresCertificateNotRenewed');
  expect(server.expr).toBe('max(certmanager_certificate_expiration_timestamp_seconds{exported_namespace="demo",name="db-server-cert"} '
    + 'or certmanager_certificate_expiration_timestamp_seconds{namespace="demo",exported_namespace="",name="db-server-cert"}) - time() < 259200');
  expect(client.expr).toContain('< 1944000');
  // The CAs that sign for it end as well: its own for clients, and that of the server.
  expect(cas.map(({ labels, expr }) => [labels.certificate, expr.split('< ')[1]])).toEqual([['db-client-ca', '23652000'], ['other', '23652000']]);
});

test('alerts cover every CA above its certificates, up to the roots, each once', () => {
  const watchedCas = (props: (chart: Chart) => Partial<PostgresProps>) => {
    const rules: Manifest[] = written(watched({ alerts: {} }, props), 'PrometheusRule').spec.groups[0].rules;
    return rules.filter(({ alert, labels }) => alert === 'PostgresCertificateNotRenewed' && !labels.certificate.endsWith('-cert')).map(({ labels }) => labels.certificate);
  };
  const below = (chart: Chart, name: string, parent?: CertificateAuthority) => new CertificateAuthority(chart, name, { parent });
  expect(watchedCas((chart) => ({ tls: { issuer: below(chart, 'issuing', below(chart, 'root')).issuer } }))).toEqual(['db-client-ca', 'issuing', 'root']);
  expect(watchedCas((chart) => ({ tls: { issuer: below(chart, 'unused'), certificates: { server: { issuer: below(chart, 'servers') } } } }))).toEqual(['db-client-ca', 'servers']);
  expect(watchedCas((chart) => {
    const root = below(chart, 'one-root');
    return { tls: { issuer: below(chart, 'for-servers', root), clientCa: ClientCa.shared(below(chart, 'for-clients', root)) } };
  })).toEqual(['for-clients', 'one-root', 'for-servers']);
  expect(watchedCas((chart) => ({ tls: { issuer: Issuer.fromIssuerName(chart, 'elsewhere', 'elsewhere') } }))).toEqual(['db-client-ca']);
  // What is known of a CA, and not its class, counts.
  const byHand = (chart: Chart, name: string, parent: IIssuer, renewal: Partial<CertificateProps> = {}) => new Issuer(chart, `${name}-issuer`, {
    source: IssuerSource.ca(new Certificate(chart, name, { issuer: parent, commonName: name, isCa: true, duration: Duration.days(300), ...renewal })),
  });
  expect(watchedCas((chart) => ({ tls: { issuer: byHand(chart, 'team', below(chart, 'root')) } }))).toEqual(['db-client-ca', 'team', 'root']);
  expect(watchedCas((chart) => {
    Validation.of(chart).configure({ certManagerVersion: CertManagerVersion.V1_21 });
    return { tls: { issuer: byHand(chart, 'once', below(chart, 'root'), { renewalPolicy: RenewalPolicy.DISABLED }) } };
  })).toEqual(['db-client-ca', 'root']);
  expect(watchedCas((chart) => ({ tls: { issuer: new Issuer(chart, 'other', { source: IssuerSource.ca(Certificate.fromSecretName(chart, 'pair', 'pair')) }) } }))).toEqual(['db-client-ca']);
});

test('Prometheus finds the metrics when a deploy tool overwrites the label by which it tracks its objects', () => {
  const chart = watched({ serviceMonitor: {} });
  const { labels } = written(chart, 'Service', 'db-stats').metadata;
  expect({ ...labels, 'app.kubernetes.io/instance': 'shop-production' }).toMatchObject(written(chart, 'ServiceMonitor').spec.selector.matchLabels);
});

testWithSchemas('everything fits the API schemas, unknown fields refused', () => {
  for (const chart of [watched({ serviceMonitor: {}, alerts: {} }), watched({}, without)]) {
    for (const document of Testing.synth(chart)) { expect(validateManifest(document, '1.36.0')).toEqual([]); }
  }
});

test.each<[string, Chart, Chart]>([
  ['PGTLS-P40: monitor.port 80 is not an unused port from 1024 to 65535', watched({ port: 80 }), watched({ port: 1024 })],
  ['PGTLS-P40: monitor.port 5432', watched({ port: 5432 }), watched({ port: 65_535 })],
  ["PGTLS-P41: the certificate of the exporter comes from 'other', but the server trusts only the client CA 'db-client-ca'",
    watched({}, (all) => ({ tls: { issuer: new CertificateAuthority(all, 'ca2').issuer, certificates: { metricsExporter: { issuer: new CertificateAuthority(all, 'other').issuer } } } })),
    watched({}, (all) => ({ tls: { issuer: new CertificateAuthority(all, 'ca2').issuer, certificates: { server: { issuer: new CertificateAuthority(all, 'other').issuer } } } }))],
  ['PGTLS-P42: monitor.serviceMonitor.clientCertificate is set, but metrics are served without TLS',
    watched({ serviceMonitor: { clientCertificate: Certificate.fromSecretName(chartIn(), 'a', 'a') } }, without), watched({ serviceMonitor: {} }, without)],
  ["PGTLS-P43: the exporter verifies the server with ca.crt, which issuer 'acme' does not provide", watched({}, serverFrom(false)), watched({}, serverFrom(true))],
])('%s', (message, broken, met) => {
  expect(refusal(broken)).toContain(`[chart/db] ${message}`);
  expect(refusal(met)).toBe('');
});
