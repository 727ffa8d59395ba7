import { Chart, Size, Testing } from 'cdk8s';
import {
  CertificateAuthority, CertificateRequestPolicies, ClientCa, Issuer, Postgres, PostgresMonitor, PostgresNetwork, PostgresProps, PostgresServiceType,
  PostgresStorage, PostgresVersion, SuperuserAccess,
} from '../../src';
import { chartIn, Manifest, refusal, written } from '../support/tree';

const METADATA = { labels: { 'app.kubernetes.io/part-of': 'shop', 'team': 'orders' }, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } };

const FULL: Partial<PostgresProps> = { superuserAccess: SuperuserAccess.certificate(), monitor: PostgresMonitor.prometheus({ serviceMonitor: { labels: { team: 'observers' } }, alerts: {} }) };

function database(props: Partial<PostgresProps>, chart = chartIn()): Chart {
  const issuer = Issuer.fromIssuerName(chart, 'issuer', 'ca');
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...props, tls: { issuer, ...props.tls } });
  return chart;
}

const nameOf = ({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`;

/** Names of the objects without one of the labels, or without the annotation. */
const without = (objects: Manifest[]) => objects.filter(({ metadata: { labels = {}, annotations = {} } }) =>
  labels['app.kubernetes.io/part-of'] !== 'shop' || annotations['argocd.argoproj.io/sync-options'] !== 'Prune=false').map(nameOf);

describe('metadata of a database', () => {
  test.each<[string, () => Partial<PostgresProps>]>([
    ['with a client CA of its own', () => FULL],
    ['with a client CA for every namespace', () => ({ ...FULL, tls: { issuer: Issuer.fromIssuerName(chartIn(), 'issuer', 'ca'), clientCa: ClientCa.clusterScoped() } })],
  ])('is on every object, %s', (_, props) => {
    const objects = Testing.synth(database({ ...props(), metadata: METADATA }));
    expect(new Set(objects.map(({ kind }) => kind))).toEqual(new Set(Testing.synth(database(props())).map(({ kind }) => kind)));
    expect(objects.length).toBeGreaterThan(14);
    expect(without(objects)).toEqual([]);
  });

  test('changes nothing else: neither the pod nor a volume claim nor what the package sets itself', () => {
    const [plain, labelled] = [{}, { metadata: METADATA }].map((props) => Testing.synth(database({ ...FULL, ...props })));
    const stripped = labelled!.map(({ metadata: { labels, annotations, ...metadata }, ...object }: Manifest) => {
      const own = Object.entries<string>(labels).filter(([name, value]) => METADATA.labels[name as 'team'] !== value);
      const notes = Object.entries<string>(annotations).filter(([name]) => !(name in METADATA.annotations));
      const rest = { ...(own.length > 0 && { labels: Object.fromEntries(own) }), ...(notes.length > 0 && { annotations: Object.fromEntries(notes) }) };
      return { ...object, metadata: { ...metadata, ...rest } };
    });
    expect(stripped).toEqual(plain);
  });

  test('gives way to the labels and annotations of single objects', () => {
    const chart = database({ ...FULL, metadata: METADATA, services: { primary: { type: PostgresServiceType.NODE_PORT, labels: { team: 'network' }, annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false' } } }, network: PostgresNetwork.unrestricted() });
    expect(written(chart, 'Service', 'db').metadata).toMatchObject({ labels: { team: 'network' }, annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false' } });
    expect(written(chart, 'Service', 'db-pods').metadata).toMatchObject({ labels: { team: 'orders' }, annotations: METADATA.annotations });
    expect(written(chart, 'ServiceMonitor').metadata.labels.team).toBe('observers');
  });

  test('has the name, and other metadata with it', () => {
    const chart = database({ metadata: { name: 'orders', ...METADATA } });
    expect(written(chart, 'StatefulSet').metadata).toMatchObject({ name: 'orders', ...METADATA });
  });

  test.each<[string, PostgresProps['metadata'], PostgresProps['metadata']]>([
    ["PGTLS-P87: metadata.labels: value 'my team' of 'team' may contain only", { labels: { team: 'my team' } }, { labels: { team: 'my-team' } }],
    ["PGTLS-P87: metadata.annotations: key 'a b'", { annotations: { 'a b': 'x' } }, { annotations: { ab: 'x y' } }],
    ["PGTLS-P93: metadata: label 'app.kubernetes.io/instance' is reserved for this package", { labels: { 'app.kubernetes.io/instance': 'db' } }, { labels: { 'app.kubernetes.io/part-of': 'db' } }],
    ["PGTLS-P93: metadata: label 'cdk8s-postgres-tls/x' is reserved", { labels: { 'cdk8s-postgres-tls/x': 'db' } }, { labels: { 'example.com/cdk8s-postgres-tls': 'db' } }],
    ["PGTLS-P93: metadata: annotation 'cdk8s-postgres-tls/trusted-server-cas' is reserved", { annotations: { 'cdk8s-postgres-tls/trusted-server-cas': 'ConfigMap/x' } }, { annotations: { note: 'x' } }],
  ])('%s', (message, wrong, right) => {
    expect(refusal(database({ metadata: wrong }))).toContain(`[chart/db] ${message}`);
    expect(refusal(database({ metadata: right }))).toBe('');
  });
});

test('metadata of a CA is on its Certificate and its issuers', () => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'ca', { metadata: { name: 'root', ...METADATA } });
  const objects = Testing.synth(chart);
  expect(objects.map(nameOf)).toEqual(['Issuer/root-selfsigned', 'Certificate/root', 'Issuer/root']);
  expect(without(objects)).toEqual([]);
});

test('metadata of policies is on all of them, on the role and on its binding, which have its name', () => {
  const chart = chartIn();
  new CertificateRequestPolicies(chart, 'policies', { metadata: { name: 'shop-certificates', ...METADATA } });
  const objects = Testing.synth(database({}, chart)).filter(({ kind }) => /Role|Policy/.test(kind) && kind !== 'NetworkPolicy');
  expect(objects.map(nameOf)).toEqual(expect.arrayContaining(['ClusterRole/shop-certificates', 'ClusterRoleBinding/shop-certificates', 'CertificateRequestPolicy/demo.db-server-cert']));
  expect(without(objects)).toEqual([]);
});
