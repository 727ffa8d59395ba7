import { App, Chart, Testing } from 'cdk8s';
import { parseAllDocuments, stringify } from 'yaml';
import { kubedbGuide } from '../../examples/kubedb-guide';
import { KubeDbReport, Postgres } from '../../src';
import { convertKubeDb, programText } from '../../src/conversion';
import { readTexts } from '../../src/reading';
import { filesOf } from '../support/document-program';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const chartOf = (namespace = 'demo') => new Chart(new App(), namespace, { namespace });

/** Objects by kind and name. */
function objectsOf(chart: Chart): Record<string, unknown> {
  return byName(Testing.synth(chart) as Manifest[]);
}

function byName(manifests: ReadonlyArray<Manifest>): Record<string, unknown> {
  return Object.fromEntries(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest]));
}

/** Paths of scalars that two values do not have in common. */
function differences(one: unknown, other: unknown, path = ''): string[] {
  if (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null) {
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) => differences((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key], `${path}/${key}`));
  }
  return one === other ? [] : [path];
}

/** KubeDB's TLS guide in its shape: an issuer of a CA in a Secret, three instances, TLS with names of the server. */
const GUIDE = (spec: Readonly<Record<string, unknown>> = {}) => [
  { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'postgres-ca-issuer', namespace: 'demo' }, spec: { ca: { secretName: 'postgres-ca' } } },
  {
    apiVersion: 'kubedb.com/v1', kind: 'Postgres', metadata: { name: 'pg', namespace: 'demo' },
    spec: {
      version: '18.3', replicas: 3, standbyMode: 'Hot', sslMode: 'verify-full', storageType: 'Durable',
      storage: { storageClassName: 'standard', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      tls: {
        issuerRef: { apiGroup: 'cert-manager.io', kind: 'Issuer', name: 'postgres-ca-issuer' },
        certificates: [{ alias: 'server', subject: { organizations: ['kubedb:server'] }, dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] }],
      },
      ...spec,
    },
  },
].map((object) => stringify(object)).join('---\n');

const ONE_INSTANCE = { acknowledge: { 'spec.replicas': 'one instance is enough' } };

describe("KubeDB's TLS guide", () => {
  const example = objectsOf(kubedbGuide(new App()));
  const converted = (yaml: string) => {
    const chart = chartOf();
    Postgres.fromKubeDb(chart, 'pg', yaml, ONE_INSTANCE);
    return objectsOf(chart);
  };

  test('with client certificates gives the manifests of examples/kubedb-guide.ts, and the class of the volume', () => {
    expect(differences(example, converted(GUIDE({ clientAuthMode: 'cert' })))).toEqual(['/StatefulSet pg/spec/volumeClaimTemplates/0/spec/storageClassName']);
  });

  test('as it stands differs in what the report names: passwords in place of client certificates', () => {
    const yaml = GUIDE();
    const changed = differences(example, converted(yaml)).map((path) => path.split('/').slice(1, 4).join('/'));
    expect([...new Set(changed)].sort()).toEqual([
      'Certificate pg-client-cert', 'ConfigMap pg-config/data/pg_hba.conf', 'ConfigMap pg-config/data/postgresql.conf', 'StatefulSet pg/spec/template', 'StatefulSet pg/spec/volumeClaimTemplates',
    ]);
    const { entries, errors } = KubeDbReport.fromYaml(yaml, ONE_INSTANCE);
    expect(errors).toEqual([]);
    const noteOf = (field: string) => entries.find((entry) => entry.field === field)?.note;
    expect(noteOf('spec.clientAuthMode')).toBe("property 'clientAuthMode': KubeDB's default for this version is scram");
    expect(noteOf('spec.authSecret.name')).toContain("'postgres' logs in with the password in the Secret pg-auth");
    expect(entries.filter(({ outcome }) => outcome === 'not supported').map(({ field, acknowledged }) => [field, acknowledged])).toEqual([
      ['spec.replicas', 'one instance is enough'], ['spec.standbyMode', 'one instance is enough'],
    ]);
  });
});

/** Every kind of property and of construct. */
const EVERYTHING = [
  { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'root', namespace: 'demo', labels: { team: 'pki' } }, spec: { ca: { secretName: 'root' } } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'conf', namespace: 'demo' }, stringData: { 'user.conf': "log_statement = 'ddl'\n" } },
  {
    apiVersion: 'kubedb.com/v1', kind: 'Postgres', metadata: { name: 'orders', namespace: 'demo', annotations: { team: "the shop's" } },
    spec: {
      version: '17.4-bookworm', clientAuthMode: 'scram', sslMode: 'require', deletionPolicy: 'Delete', authSecret: { name: 'orders-admin' },
      storage: { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '1500Mi' } }, dataSource: { kind: 'VolumeSnapshot', name: 'last' } },
      tls: {
        issuerRef: { kind: 'Issuer', name: 'root' },
        certificates: [
          { alias: 'server', secretName: 'orders-tls', duration: '2160h0m0s', renewBefore: '240h', dnsNames: ['orders.example.com'], privateKey: { encoding: 'PKCS8' } },
          { alias: 'metrics-exporter', subject: { organizations: ['metrics'] } },
        ],
      },
      configuration: { secretName: 'conf' },
      init: { script: { configMap: { name: 'scripts' } } },
      monitor: {
        agent: 'prometheus.io/operator',
        prometheus: { exporter: { port: 9999, resources: { requests: { cpu: '20m' } } }, serviceMonitor: { labels: { release: 'prometheus' }, interval: '10s' } },
      },
      podTemplate: {
        metadata: { annotations: { note: 'x' } },
        spec: {
          nodeSelector: { disktype: 'ssd' }, tolerations: [{ key: 'db', operator: 'Exists', effect: 'NoSchedule' }], imagePullSecrets: [{ name: 'registry' }], terminationGracePeriodSeconds: 90,
          containers: [{ name: 'postgres', resources: { requests: { cpu: '1500m', memory: '2Gi' }, limits: { memory: '2Gi' } } }],
        },
      },
      serviceTemplates: [{ alias: 'primary', metadata: { annotations: { lb: 'internal' } }, spec: { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'], externalTrafficPolicy: 'Local' } }],
    },
  },
].map((object) => stringify(object)).join('---\n');

test('the program and the construct are the same', () => {
  const { databases, faults } = convertKubeDb(readTexts([['db.yaml', EVERYTHING]]));
  expect(faults).toEqual([]);
  const chart = chartOf();
  Postgres.fromKubeDb(chart, 'orders', EVERYTHING);
  const files = filesOf(programText(databases));
  expect(Object.keys(files)).toEqual(['demo.k8s.yaml']);
  const written = parseAllDocuments(files['demo.k8s.yaml']!).map((document) => document.toJS() as Manifest);
  expect(byName(written)).toEqual(objectsOf(chart));
});

test('databases of several namespaces become a chart each, with issuers of the same name', () => {
  const inNamespace = (namespace: string) => GUIDE().replaceAll('namespace: demo', `namespace: ${namespace}`).replace('replicas: 3\n', 'replicas: 1\n');
  const { databases, faults } = convertKubeDb(readTexts([['one.yaml', inNamespace('one')], ['two.yaml', inNamespace('two')]]));
  expect(faults).toEqual([]);
  expect(Object.keys(filesOf(programText(databases))).sort()).toEqual(['one.k8s.yaml', 'two.k8s.yaml']);
});

test('issuers of other types stay as they are, and are referred to by name', () => {
  const yaml = EVERYTHING.replace('ca:\n    secretName: root', 'vault: { server: "https://vault", path: pki/sign/x, auth: { tokenSecretRef: { name: t, key: k } } }');
  expect(yaml).toContain('vault');
  const { entries, errors } = KubeDbReport.fromYaml(yaml);
  expect(errors).toEqual([]);
  expect(entries.find(({ object }) => object === 'Issuer root')).toMatchObject({ outcome: 'kept as it is', note: 'the certificates refer to it by name: keep its manifest' });
  const chart = chartOf();
  Postgres.fromKubeDb(chart, 'orders', yaml);
  expect(Object.keys(objectsOf(chart)).filter((name) => name.startsWith('Issuer'))).toEqual([]);
});

test('another id than the name keeps the name', () => {
  const chart = chartOf();
  expect(Postgres.fromKubeDb(chart, 'database', GUIDE(), ONE_INSTANCE).name).toBe('pg');
  expect(Object.keys(objectsOf(chart))).toContain('StatefulSet pg');
});

test('a ClusterIssuer stays as it is; the certificates of an ACME issuer have no ca.crt', () => {
  const issuer = stringify({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'public' }, spec: { acme: { server: 'https://acme.example.com' } } });
  const yaml = `${issuer}---\n${EVERYTHING.replace('kind: Issuer\n        name: root', 'kind: ClusterIssuer\n        name: public').replace('kind: Issuer\n      name: root', 'kind: ClusterIssuer\n      name: public')}`;
  const { databases, entries, faults } = convertKubeDb(readTexts([['db.yaml', yaml]]));
  expect(faults).toEqual([]);
  expect(entries.find(({ object }) => object === 'ClusterIssuer public')?.outcome).toBe('kept as it is');
  expect(programText(databases)).toContain("ClusterIssuer.fromClusterIssuerName(chart, 'public', 'public', { providesCaCertificate: false })");
});

describe('several databases of a chart', () => {
  const two = `${GUIDE()}---\n${GUIDE().split('---\n')[1]!.replace('name: pg\n', 'name: other\n')}`;

  test('share the issuer of their YAML', () => {
    const chart = chartOf();
    for (const database of ['pg', 'other']) { Postgres.fromKubeDb(chart, database, two, { ...ONE_INSTANCE, database }); }
    const names = Object.keys(objectsOf(chart));
    expect(names.filter((name) => /^(Issuer|StatefulSet)/.test(name)).sort()).toEqual(['Issuer postgres-ca-issuer', 'StatefulSet other', 'StatefulSet pg']);
    const { databases } = convertKubeDb(readTexts([['db.yaml', two]]), ONE_INSTANCE.acknowledge);
    expect(byName(parseAllDocuments(filesOf(programText(databases))['demo.k8s.yaml']!).map((document) => document.toJS() as Manifest))).toEqual(objectsOf(chart));
  });

  test('do not share an issuer with other settings', () => {
    const chart = chartOf();
    Postgres.fromKubeDb(chart, 'pg', two, { ...ONE_INSTANCE, database: 'pg' });
    expect(() => Postgres.fromKubeDb(chart, 'other', two.replace('secretName: postgres-ca', 'secretName: next'), { ...ONE_INSTANCE, database: 'other' })).toThrow(
      "[demo/kubedb-references/postgres-ca-issuer] Issuer 'postgres-ca-issuer' has other settings in the YAML of another database; give it once");
  });
});

test('objects beside the database', () => {
  const object = (apiVersion: string, kind: string, name: string) => stringify({ apiVersion, kind, metadata: { name, namespace: 'demo' }, spec: {} });
  const yaml = [
    GUIDE(), object('v1', 'ConfigMap', 'scripts'), object('v1', 'Namespace', 'demo'), object('cert-manager.io/v1', 'ClusterIssuer', 'other'), object('appcatalog.appscode.com/v1alpha1', 'AppBinding', 'pg'),
    object('core.kubestash.com/v1alpha1', 'BackupConfiguration', 'nightly'),
  ].join('---\n');
  const { entries, faults } = convertKubeDb(readTexts([['db.yaml', yaml]]), { 'spec.replicas': 'x', 'BackupConfiguration': 'backups come later' });
  expect(faults).toEqual([]);
  expect(entries.filter(({ field }) => field === '').map(({ object: name, outcome, acknowledged }) => [name, outcome, acknowledged])).toEqual([
    ['Issuer postgres-ca-issuer', 'taken over', undefined], ['ConfigMap scripts', 'kept as it is', undefined], ['Namespace demo', 'kept as it is', undefined],
    ['ClusterIssuer other', 'kept as it is', undefined], ['AppBinding pg', 'changed in meaning', undefined], ['BackupConfiguration nightly', 'not supported', 'backups come later'],
  ]);
});
