import { Chart } from 'cdk8s';
import {
  Certificate, CertificateAuthority, ClientAuthMode, ClientCa, ClusterIssuer, Issuer, Postgres, PostgresMonitor, PostgresProps, PostgresStorage,
  PostgresVersion, SuperuserAccess, TrustBundle, TrustBundleSource, TrustedCa, TrustSource, Validation,
} from '../../src';
import { chartIn, Manifest, refusal, written } from '../support/tree';

function database(props: (chart: Chart) => Partial<PostgresProps> = () => ({})): { chart: Chart; db: Postgres } {
  const chart = chartIn();
  Validation.of(chart).acknowledge('PGTLS-E14', 'not the matter here');
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, monitor: PostgresMonitor.prometheus(), ...props(chart),
  });
  return { chart, db };
}

const trusting = (trustedClientCas?: TrustSource, trustedServerCas?: TrustSource, extra: Partial<PostgresProps> = {}) =>
  database((chart) => ({ tls: { issuer: new CertificateAuthority(chart, 'other').issuer, trustedClientCas, trustedServerCas }, ...extra })).chart;

const pod = (chart: Chart): Manifest => written(chart, 'StatefulSet').spec.template.spec;
const volume = (chart: Chart, name: string): Manifest => pod(chart).volumes.find((candidate: Manifest) => candidate.name === name);
const container = (chart: Chart, name: string): Manifest => pod(chart).containers.find((candidate: Manifest) => candidate.name === name);
const mounts = (chart: Chart, name: string): string[] => container(chart, name).volumeMounts.map(({ mountPath }: Manifest) => mountPath);
const CRT = { defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] };

test('by default clients are verified by the CA of their database alone, the server by the ca.crt beside its certificate', () => {
  const { chart, db } = database();
  expect(volume(chart, 'client-ca')).toEqual({ name: 'client-ca', secret: { secretName: 'db-client-ca-key-pair', ...CRT } });
  expect(volume(chart, 'server-ca')).toEqual({ name: 'server-ca', secret: { secretName: 'db-server-cert', ...CRT } });
  expect(db.trustedServerCas).toMatchObject({ secretName: 'db-server-cert', key: 'ca.crt' });
});

test.each<[string, TrustSource, object]>([
  ['a ConfigMap', TrustSource.fromConfigMapName('roots', 'root.pem'), { configMap: { name: 'roots', defaultMode: 0o440, items: [{ key: 'root.pem', path: 'ca.crt' }] } }],
  ['a Secret', TrustSource.fromSecretName('roots'), { secret: { secretName: 'roots', ...CRT } }],
])('takes clients of the CAs in %s, and has the reloader look at them', (_, source, expected) => {
  const chart = trusting(source);
  expect(volume(chart, 'client-ca')).toEqual({ name: 'client-ca', ...expected });
  expect(written(chart, 'ConfigMap').data['postgresql.conf']).toContain("ssl_ca_file = '/tls/certs/client/ca.crt'");
  expect(container(chart, 'reloader').command).toContain('/tls/certs/client');
  expect(container(chart, 'reloader').env).toContainEqual({ name: 'CLIENT_AUTHORITIES', value: '/tls/certs/client/ca.crt' });
  expect(mounts(chart, 'exporter')).not.toContain('/tls/certs/client');
});

test('the exporter verifies the server with the given CAs, and the endpoint gives them to applications', () => {
  const bundle = TrustSource.fromConfigMapName('roots');
  const { chart, db } = database((all) => ({ tls: { issuer: new CertificateAuthority(all, 'other').issuer, trustedServerCas: bundle } }));
  expect(volume(chart, 'server-ca')).toEqual({ name: 'server-ca', configMap: { name: 'roots', ...CRT } });
  expect(container(chart, 'exporter').env[0].value).toContain('sslrootcert=/tls/certs/server-authority/ca.crt');
  expect(db.trustedServerCas).toBe(bundle);
});

test('who fetches metrics is verified by the ca.crt beside the certificate that it shows', () => {
  const monitor = PostgresMonitor.prometheus({ serviceMonitor: { clientCertificate: Certificate.fromSecretName(chartIn(), 'scraper', 'scraper') } });
  const chart = trusting(TrustSource.fromConfigMapName('roots'), undefined, { monitor });
  expect(written(chart, 'ServiceMonitor').spec.endpoints[0].tlsConfig.ca).toEqual({ configMap: { name: 'roots', key: 'ca.crt' } });
  expect(written(chart, 'ConfigMap').data['exporter-web.yml']).toContain('client_ca_file: /tls/certs/scraper-authority/ca.crt');
  expect(volume(chart, 'scraper-ca')).toEqual({ name: 'scraper-ca', secret: { secretName: 'scraper', ...CRT } });
  expect(mounts(chart, 'exporter')).toContain('/tls/certs/scraper-authority');
  const own = trusting(undefined, undefined, { monitor });
  expect(written(own, 'ServiceMonitor').spec.endpoints[0].tlsConfig.ca).toEqual({ secret: { name: 'db-metrics-exporter-cert', key: 'ca.crt' } });
});

test('with passwords the server verifies no client certificate, also where clientCa is set', () => {
  const chart = trusting(TrustSource.fromConfigMapName('roots'), undefined, { clientAuthMode: ClientAuthMode.SCRAM, monitor: undefined });
  expect(volume(chart, 'client-ca')).toBeUndefined();
  expect(container(chart, 'reloader').env).not.toContainEqual(expect.objectContaining({ name: 'CLIENT_AUTHORITIES' }));
});

const bundleOf = (chart: Chart, ...issuers: string[]) => TrustSource.fromBundle(new TrustBundle(chart, 'roots', {
  sources: issuers.map((name) => TrustedCa.fromIssuer(ClusterIssuer.fromClusterIssuerName(chart, `known-${name}`, name), TrustBundleSource.fromSecretName(`${name}-root`)).root),
}));
const issuedBy = (chart: Chart, name: string) => ({ issuer: ClusterIssuer.fromClusterIssuerName(chart, `of-${name}`, name) });
const sharing = (chart: Chart, name: string, trustedClientCas?: TrustSource) => {
  const issuer = ClusterIssuer.fromClusterIssuerName(chart, 'i', name);
  return { tls: { issuer, clientCa: ClientCa.shared(issuer), trustedClientCas } };
};
const refusalOf = (props: (chart: Chart) => Partial<PostgresProps>) => refusal(database(props).chart);

test.each<[string, (chart: Chart) => Partial<PostgresProps>, string]>([
  ['a CA of its own', (chart) => ({ tls: { issuer: ClusterIssuer.fromClusterIssuerName(chart, 'i', 'old'), trustedClientCas: bundleOf(chart, 'old') } }),
    "PGTLS-P19: the metrics-exporter certificate comes from 'db-client-ca', which is not in tls.trustedClientCas"],
  ['the client', (chart) => ({ ...sharing(chart, 'new', bundleOf(chart, 'old')), superuserAccess: SuperuserAccess.certificate() }),
    "PGTLS-P19: the client certificate comes from 'new', which is not in tls.trustedClientCas"],
  ['the exporter', (chart) => ({
    tls: { issuer: ClusterIssuer.fromClusterIssuerName(chart, 'i', 'old'), trustedClientCas: bundleOf(chart, 'old'), certificates: { metricsExporter: issuedBy(chart, 'new') } },
  }), "PGTLS-P19: the metrics-exporter certificate comes from 'new', which is not in tls.trustedClientCas"],
  ['the server', (chart) => ({ tls: { issuer: ClusterIssuer.fromClusterIssuerName(chart, 'i', 'new'), trustedServerCas: bundleOf(chart, 'old') } }),
    "PGTLS-P19: the server certificate comes from 'new', which is not in tls.trustedServerCas"],
])('%s has a certificate of an untrusted CA', (_, props, message) => {
  expect(refusalOf(props)).toContain(message);
});

test('with a bundle of two CAs, client and exporter may have a certificate of either', () => {
  expect(refusalOf((chart) => ({
    tls: { ...sharing(chart, 'old', bundleOf(chart, 'old', 'new')).tls, certificates: { metricsExporter: issuedBy(chart, 'new') } },
  }))).toBe('');
});

test('given CAs replace a ca.crt that the issuer does not provide', () => {
  const acme = (chart: Chart) => Issuer.fromIssuerName(chart, 'acme', 'acme', { providesCaCertificate: false });
  const shared = (chart: Chart, trustedClientCas?: TrustSource) => {
    const issuer = acme(chart);
    return { monitor: undefined, superuserAccess: SuperuserAccess.certificate(), tls: { issuer, clientCa: ClientCa.shared(issuer), trustedClientCas } };
  };
  expect(refusalOf((chart) => shared(chart))).toContain('PGTLS-P18');
  expect(refusalOf((chart) => shared(chart, TrustSource.fromConfigMapName('roots')))).toBe('');
  expect(refusalOf((chart) => ({ monitor: undefined, tls: { issuer: acme(chart) } }))).toBe('');
  expect(refusalOf((chart) => ({ tls: { issuer: acme(chart), trustedClientCas: TrustSource.fromConfigMapName('roots') } }))).toContain('PGTLS-P43');
});
