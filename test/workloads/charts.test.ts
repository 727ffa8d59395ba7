import { stringify } from 'yaml';
import { toManifest } from '../../src/kubernetes';
import { chartObjects } from '../../src/workloads';
import { certificate, configMap, env, Fields, object, workload } from '../fixtures';
import { findingsIn } from '../support/findings';

const OWN = ['PGTLS-B10', 'PGTLS-E17', 'PGTLS-E42', 'PGTLS-F05', 'PGTLS-T17'];
const found = (...manifests: object[]) => findingsIn(manifests).filter(({ rule: { code } }) => OWN.includes(code)).map(({ rule: { code }, target, field }) => `${code} ${target?.kind} ${field}`);

const repository = (url: string) => ({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', metadata: { name: 'charts', namespace: 'demo' }, spec: { url } });
const BITNAMI = repository('oci://registry-1.docker.io/bitnamicharts');
const helmRelease = (chart: string, values: Fields, spec: Fields = {}, name = 'orders') => object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, {
  spec: { chart: { spec: { chart, version: '17.1.0', sourceRef: { kind: 'HelmRepository', name: 'charts' } } }, values, ...spec },
});
const application = (chart: string, helm: Fields, name = 'orders') => object('argoproj.io/v1alpha1', 'Application', name, {
  spec: { source: { repoURL: 'https://charts.bitnami.com/bitnami', chart, targetRevision: '17.1.0', helm }, destination: { namespace: 'demo' } },
});

const TLS = { enabled: true, certificatesSecret: 'server', certFilename: 'tls.crt', certKeyFilename: 'tls.key' };
const QUIET = { commonAnnotations: { 'reloader.stakater.com/auto': 'true' } };
const SERVER = certificate({ dnsNames: ['elsewhere.demo.svc'] }, { name: 'server' });
const app = (host: string, sslmode = 'verify-full') => workload('Deployment', 'app', { env: env({ URL: `postgres://app@${host}/x?sslmode=${sslmode}` }) });
const AT_HOST = ['PGTLS-B10 Deployment spec.template.spec.containers[0].env[0].value'];

describe("Bitnami's chart postgresql", () => {
  test.each<[string, Fields, string, string]>([
    ['release and chart', {}, 'orders', 'orders-postgresql'],
    ['a release that contains the chart', {}, 'postgresql-orders', 'postgresql-orders'],
    ['nameOverride', { nameOverride: 'db' }, 'orders', 'orders-db'],
    ['fullnameOverride', { fullnameOverride: 'db' }, 'orders', 'db'],
    ['replication', { architecture: 'replication' }, 'orders', 'orders-postgresql-primary'],
    ['replication, another name', { architecture: 'replication', primary: { name: 'rw' } }, 'orders', 'orders-postgresql-rw'],
    ['the headless Service', {}, 'orders', 'orders-postgresql-hl'],
  ])('host name: %s', (_, values, release, host) => {
    expect(found(BITNAMI, SERVER, helmRelease('postgresql', { tls: TLS, ...QUIET, ...values }, {}, release), app(host))).toEqual(AT_HOST);
    expect(found(SERVER, application('postgresql', { valuesObject: { tls: TLS, ...QUIET, ...values } }, release), app(host))).toEqual(AT_HOST);
    expect(found(SERVER, application('postgresql', { values: stringify({ tls: TLS, ...QUIET, ...values }) }, release), app(host))).toEqual(AT_HOST);
    expect(found(BITNAMI, SERVER, helmRelease('postgresql', { tls: TLS, ...QUIET, ...values }, {}, release), app(`${host}x`))).toEqual([]);
  });

  test('names of a release', () => {
    expect(found(BITNAMI, SERVER, helmRelease('postgresql', { tls: TLS, ...QUIET }, { releaseName: 'db' }), app('db-postgresql'))).toEqual(AT_HOST);
    expect(found(BITNAMI, SERVER, helmRelease('postgresql', { tls: TLS, ...QUIET }, { targetNamespace: 'shop' }), app('shop-orders-postgresql.shop'))).toEqual([]);
    expect(found(BITNAMI, certificate({ dnsNames: ['x'] }, { name: 'server', namespace: 'shop' }), helmRelease('postgresql', { tls: TLS, ...QUIET }, { targetNamespace: 'shop' }), app('shop-orders-postgresql.shop'))).toEqual(AT_HOST);
    expect(found(SERVER, application('postgresql', { releaseName: 'db', valuesObject: { tls: TLS, ...QUIET } }), app('db-postgresql'))).toEqual(AT_HOST);
  });

  test('the certificate of the Secret is copied at the start, and must be for servers', () => {
    const forClients = certificate({ dnsNames: ['x'], usages: ['client auth'] }, { name: 'server' });
    expect(found(BITNAMI, forClients, helmRelease('postgresql', { tls: TLS, ...QUIET }))).toEqual(['PGTLS-E17 HelmRelease spec.values.tls.certFilename']);
    expect(found(SERVER, application('postgresql', { valuesObject: { tls: TLS } }))).toEqual(['PGTLS-F05 Application spec.source.helm.valuesObject.tls.certificatesSecret']);
    expect(found(SERVER, application('postgresql', { values: stringify({ tls: TLS }) }))).toEqual(['PGTLS-F05 Application spec.source.helm.values']);
    const parameters = Object.entries(TLS).map(([name, value]) => ({ name: `tls.${name}`, value: String(value) }));
    expect(found(SERVER, application('postgresql', { parameters }))).toEqual(['PGTLS-F05 Application spec.source.helm.parameters[1].value']);
  });

  test('rows of pg_hba.conf, ports and annotations of its Service', () => {
    const release = (primary: Fields) => [BITNAMI, SERVER, helmRelease('postgresql', { tls: TLS, ...QUIET, primary })];
    expect(found(...release({ pgHbaConfiguration: 'hostssl all all all md5\n' }), app('orders-postgresql', 'disable'))).toEqual(['PGTLS-T17 Deployment spec.template.spec.containers[0].env[0].value']);
    expect(found(...release({ pgHbaConfiguration: 'host all all all md5\n' }), app('orders-postgresql', 'disable'))).toEqual([]);
    expect(found(...release({ pgHbaConfiguration: '{{ .Values.rows }}' }), app('orders-postgresql', 'disable'))).toEqual([]);
    expect(found(...release({ existingConfigmap: 'config' }), configMap({ 'pg_hba.conf': 'hostssl all all all md5' }), app('orders-postgresql', 'disable'))).toEqual(['PGTLS-T17 Deployment spec.template.spec.containers[0].env[0].value']);
    expect(found(...release({ service: { ports: { postgresql: 6000 } } }), app('orders-postgresql'))).toEqual([]);
    expect(found(...release({ service: { ports: { postgresql: 6000 } } }), app('orders-postgresql:6000'))).toEqual(AT_HOST);
    expect(found(...release({ service: { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'pg.example.com' } } })))
      .toEqual(["PGTLS-E42 HelmRelease spec.values.primary.service.annotations['external-dns.alpha.kubernetes.io/hostname']"]);
  });

  test.each<[string, object[]]>([
    ['another chart', [BITNAMI, helmRelease('mysql', { tls: TLS, ...QUIET })]],
    ['the same name in another repository', [repository('https://example.com/charts'), helmRelease('postgresql', { tls: TLS, ...QUIET })]],
    ['values in another file', [BITNAMI, helmRelease('postgresql', QUIET, { valuesFrom: [{ kind: 'ConfigMap', name: 'more' }] })]],
    ['names with placeholders', [BITNAMI, helmRelease('postgresql', { tls: TLS, ...QUIET, fullnameOverride: '{{ .name }}' })]],
    ['a certificate that the chart makes', [BITNAMI, helmRelease('postgresql', { tls: { enabled: true, autoGenerated: true }, ...QUIET })]],
    ['another cluster', [BITNAMI, helmRelease('postgresql', { tls: TLS, ...QUIET }, { kubeConfig: { secretRef: { name: 'c' } } })]],
  ])('nothing is known of %s', (_, manifests) => {
    expect(found(SERVER, ...manifests, app('orders-postgresql'))).toEqual([]);
  });

  test('manifests that show its objects count instead of its values', () => {
    const rendered = object('v1', 'Service', 'orders-postgresql', { spec: { selector: { app: 'other' }, ports: [{ port: 5432 }] } });
    expect(found(BITNAMI, SERVER, helmRelease('postgresql', { tls: TLS, ...QUIET }), rendered, app('orders-postgresql'))).toEqual([]);
  });

  test('its objects are checked, but are not manifests of the input', () => {
    const findings = findingsIn([BITNAMI, SERVER, helmRelease('postgresql', { tls: TLS })]);
    expect(findings.map(({ target }) => target?.kind).filter((kind) => kind !== 'Certificate' && kind !== 'HelmRelease')).toEqual([]);
  });
});

test("Bitnami's chart postgresql-ha: the servers behind Pgpool-II", () => {
  const release = helmRelease('postgresql-ha', { ...QUIET, postgresql: { tls: TLS } });
  expect(found(BITNAMI, SERVER, release, app('orders-postgresql-ha-postgresql'))).toEqual(AT_HOST);
  expect(found(BITNAMI, SERVER, release, app('orders-postgresql-ha-pgpool'))).toEqual([]);
});

test('prometheus-postgres-exporter is a client', () => {
  const db = [BITNAMI, SERVER, helmRelease('postgresql', { tls: TLS, ...QUIET, primary: { pgHbaConfiguration: 'hostssl all all all md5' } }, {}, 'db')];
  const exporter = (datasource: Fields) => helmRelease('prometheus-postgres-exporter', { config: { datasource } }, {}, 'metrics');
  expect(found(...db, exporter({ host: 'db-postgresql', sslmode: 'verify-full' }))).toEqual(['PGTLS-B10 HelmRelease spec.values.config.datasource.host']);
  // Its default is `disable`.
  expect(found(...db, exporter({ host: 'db-postgresql' }))).toEqual(['PGTLS-T17 HelmRelease spec.values.config.datasource.host']);
  expect(found(...db, exporter({ host: 'db-postgresql', sslmode: 'require' }))).toEqual([]);
});

test('the chart of CloudNativePG is a Cluster', () => {
  const release = toManifest('file', helmRelease('cluster', { cluster: { instances: 2, certificates: { serverTLSSecret: 'server' } } }) as Record<string, unknown>);
  const charts = toManifest('file', repository('https://cloudnative-pg.github.io/charts'));
  const [cluster] = chartObjects([charts, release]);
  expect(cluster).toMatchObject({ kind: 'Cluster', name: 'orders-cluster', namespace: 'demo', spec: { instances: 2, certificates: { serverTLSSecret: 'server' } } });
  expect(cluster?.installedBy?.fieldOf('spec.certificates.serverTLSSecret')).toBe('spec.values.cluster.certificates.serverTLSSecret');
  expect(cluster?.installedBy?.fieldOf('metadata.name')).toBeUndefined();
  expect(chartObjects([toManifest('file', repository('https://example.com')), release])).toEqual([]);
});
