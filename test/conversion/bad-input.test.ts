import { App, Chart } from 'cdk8s';
import { KubeDbReport, Postgres } from '../../src';
import { convertKubeDb } from '../../src/conversion';
import { readTexts } from '../../src/reading';

const DATABASE = `apiVersion: kubedb.com/v1
kind: Postgres
metadata:
  name: pg
  namespace: demo
spec:
  version: "18.3"
  deletionPolicy: Halt
  storage:
    resources:
      requests:
        storage: 1Gi
`;

const faultsOf = (text: string, acknowledge = {}) => [...convertKubeDb(readTexts([['db.yaml', text]]), acknowledge).faults];
const TLS = '  tls:\n    issuerRef: { kind: Issuer, name: ca }\n';

test('a database of one instance has no faults', () => {
  expect(faultsOf(DATABASE)).toEqual([]);
});

test.each([
  ['an unknown field', `${DATABASE}  replica: 1\n`, "[db.yaml:13:3] Postgres pg: spec.replica is not a field of KubeDB's Postgres; did you mean 'replicas'?"],
  ['an unknown field in a mapping that is taken as a whole', `${DATABASE}  archiver: { reff: {} }\n`, "[db.yaml:13:15] Postgres pg: spec.archiver.reff is not a field of KubeDB's Postgres; did you mean 'ref'?"],
  ['an unknown field of an item', `${DATABASE}${TLS}    certificates:\n    - alias: server\n      commonName: x\n`, "[db.yaml:17:7] Postgres pg: spec.tls.certificates[0].commonName is not a field of KubeDB's Postgres; remove it"],
  ['an unknown field beside spec', `${DATABASE}data: {}\n`, "[db.yaml:13:1] Postgres pg: data is not a field of KubeDB's Postgres; remove it"],
  ['a field of the other version', `${DATABASE}  terminationPolicy: Halt\n`, '[db.yaml:13:3] Postgres pg: spec.terminationPolicy is a field of kubedb.com/v1alpha2 alone; KubeDB ignores it in v1: remove it, or use the other version'],
  ['a number as version', DATABASE.replace('"18.3"', '18.3'), '[db.yaml:7:3] Postgres pg: spec.version is 18.3, a number; write a text'],
  ['a text as number', `${DATABASE}  replicas: three\n`, "[db.yaml:13:3] Postgres pg: spec.replicas is 'three'; write an integer"],
  ['no instance', `${DATABASE}  replicas: 0\n`, '[db.yaml:13:3] Postgres pg: spec.replicas is 0; use 1 or more'],
  ['a text as mapping', `${DATABASE}  init: x\n`, "[db.yaml:13:3] Postgres pg: spec.init is 'x'; write a mapping"],
  ['a mapping as list', `${DATABASE}${TLS}    certificates: {}\n`, '[db.yaml:15:5] Postgres pg: spec.tls.certificates is a mapping; write a list'],
  ['a text as item', `${DATABASE}${TLS}    certificates: [x]\n`, "[db.yaml:15:20] Postgres pg: spec.tls.certificates[0] is 'x'; write a mapping"],
  ['a value outside of the list', `${DATABASE}  sslMode: verifyfull\n`, "[db.yaml:13:3] Postgres pg: spec.sslMode is 'verifyfull'; write one of disable, allow, prefer, require, verify-ca, verify-full"],
  ['a version without a major', DATABASE.replace('18.3', 'latest'), "[db.yaml:7:3] Postgres pg: spec.version 'latest' is not the name of a PostgresVersion that begins with a major version; use a name such as 18.3"],
  ['no name', DATABASE.replace('  name: pg\n', ''), '[db.yaml:3:1] Postgres: metadata.name is missing; set the name of the database'],
  ['an empty name of a Secret', `${DATABASE}  authSecret: { name: "" }\n`, "[db.yaml:13:17] Postgres pg: spec.authSecret.name is ''; write a name"],
  ['a Secret without a name', `${DATABASE}  podTemplate:\n    spec:\n      imagePullSecrets: [{}]\n`, '[db.yaml:15:7] Postgres pg: spec.podTemplate.spec.imagePullSecrets has an item without a name; set the name of the Secret'],
  ['a subject that is no list', `${DATABASE}${TLS}    certificates:\n    - alias: server\n      subject: { organizations: shop }\n`,
    '[db.yaml:17:7] Postgres pg: spec.tls.certificates[0].subject is a mapping; write a mapping of lists of texts, and serialNumber of a text'],
  ['no version', DATABASE.replace('  version: "18.3"\n', ''), '[db.yaml:6:1] Postgres pg: spec.version is missing; set it, for example to 18.3'],
  ['no size', DATABASE.replace('storage: 1Gi', 'storage:'), '[db.yaml:12:9] Postgres pg: spec.storage.resources.requests.storage is missing; set the size of the volume, as KubeDB requires, or storageType: Ephemeral'],
  ['a size that is no quantity', DATABASE.replace('1Gi', '1 GB'), "[db.yaml:12:9] Postgres pg: spec.storage.resources.requests.storage is '1 GB'; write a quantity such as 10Gi"],
  ['certificates without TLS', `${DATABASE}  clientAuthMode: cert\n`, "[db.yaml:13:3] Postgres pg: spec.clientAuthMode is 'cert' without spec.tls; set spec.tls, or use scram, as KubeDB requires"],
  ['sslMode without TLS', `${DATABASE}  sslMode: require\n`, "[db.yaml:13:3] Postgres pg: spec.sslMode is 'require' without spec.tls; set spec.tls, or use disable, as KubeDB requires"],
  ['TLS with sslMode disable', `${DATABASE}  sslMode: disable\n${TLS}`, "[db.yaml:13:3] Postgres pg: spec.sslMode is 'disable' with spec.tls; remove one of them, as KubeDB requires"],
  ['TLS without an issuer', `${DATABASE}  tls: {}\n`, '[db.yaml:13:3] Postgres pg: spec.tls.issuerRef is missing; set the Issuer or ClusterIssuer that signs the certificates'],
  ['an issuer of another kind', `${DATABASE}  tls:\n    issuerRef: { kind: Secret, name: ca }\n`, "[db.yaml:14:5] Postgres pg: spec.tls.issuerRef has kind 'Secret'; use Issuer or ClusterIssuer, or set the apiGroup of the issuer"],
  ['an issuer without a name', `${DATABASE}  tls:\n    issuerRef: { kind: Issuer }\n`, '[db.yaml:14:5] Postgres pg: spec.tls.issuerRef has no name; set the name of the issuer'],
  ['a certificate without an alias', `${DATABASE}${TLS}    certificates:\n    - secretName: x\n`, '[db.yaml:16:7] Postgres pg: spec.tls.certificates[0] has no alias; set it to one of server, client, metrics-exporter, archiver'],
  ['an alias twice', `${DATABASE}${TLS}    certificates:\n    - alias: server\n    - alias: server\n`, "[db.yaml:17:7] Postgres pg: spec.tls.certificates[1].alias 'server' occurs twice; merge the two"],
  ['a duration of days', `${DATABASE}${TLS}    certificates:\n    - alias: server\n      duration: 90d\n`, "[db.yaml:17:7] Postgres pg: spec.tls.certificates[0].duration is '90d'; write a duration such as 2160h0m0s"],
  ['inline configuration of another key', `${DATABASE}  configuration:\n    inline: { postgresql.conf: x }\n`, "[db.yaml:14:5] Postgres pg: spec.configuration.inline has the key 'postgresql.conf'; use user.conf, as KubeDB requires"],
  ['a monitor without an agent', `${DATABASE}  monitor: {}\n`, '[db.yaml:13:3] Postgres pg: spec.monitor.agent is missing; use prometheus.io/operator or prometheus.io/builtin, as KubeDB requires'],
  ['half a document', DATABASE.replace('apiVersion: kubedb.com/v1\n', ''), '[db.yaml:1:1] kind Postgres without apiVersion; set apiVersion and kind, or exclude the file'],
  ['no spec', DATABASE.slice(0, DATABASE.indexOf('spec:')), '[db.yaml:1:1] Postgres pg: spec is missing; give the whole object'],
  ['a template', DATABASE.replace('name: pg', 'name: "{{ .Values.name }}"'), '[db.yaml:1:1] Helm template: {{ .Values.name }}; check the output of helm template'],
  ['a placeholder', DATABASE.replace('1Gi', '${SIZE}'), '[db.yaml:1:1] placeholders without a value: ${SIZE}; check the output of flux build or envsubst, or give the placeholders a default (${NAME:=value})'],
  ['invalid YAML', `${DATABASE}  tls: [\n`, expect.stringMatching(/^\[db\.yaml:1\d:\d+\] .+; .+$/)],
  ['a key twice', `${DATABASE}  version: "17.4"\n`, expect.stringMatching(/^\[db\.yaml:13:3\] key 'version' occurs twice in 'spec'/)],
  ['nothing', '# nothing\n', "the input has no Postgres of kubedb.com; give KubeDB's manifest of a database"],
  ['a text', 'hello\n', '[db.yaml:1:1] a text, not an object; leave it out of the input'],
  ['a former version', DATABASE.replace('kubedb.com/v1', 'kubedb.com/v1alpha1'), '[db.yaml:1:1] Postgres pg is of kubedb.com/v1alpha1; give the object in kubedb.com/v1 or kubedb.com/v1alpha2, as kubectl get prints it'],
  ['another kind', `${DATABASE}---\napiVersion: kubedb.com/v1\nkind: MySQL\nmetadata: { name: my }\nspec: {}\n`, "[db.yaml:14:1] MySQL my: the object is not supported: a MySQL is not converted: leave it out of the input; change it, or acknowledge 'MySQL' with a reason to leave it out"],
  ['a request without its database', `${DATABASE}---\napiVersion: ops.kubedb.com/v1alpha1\nkind: PostgresOpsRequest\nmetadata: { name: r }\nspec:\n  type: Restart\n  databaseRef:\n    name: other\n`,
    "[db.yaml:20:5] PostgresOpsRequest r: spec.databaseRef.name: the input has no Postgres 'other'; give the database together with its requests"],
])('%s is one fault with its place', (_, text, fault) => {
  expect(faultsOf(text)).toEqual([fault]);
});

test('one cause is one fault: what follows from the number of instances is acknowledged with it', () => {
  const text = `${DATABASE}  replicas: 3\n  standbyMode: Hot\n  streamingMode: Synchronous\n  leaderElection: { electionTick: 10 }\n`;
  expect(faultsOf(text)).toEqual([expect.stringMatching(/^\[db\.yaml:13:3\] Postgres pg: spec\.replicas is not supported: 3 instances: /)]);
  expect(faultsOf(text, { 'spec.replicas': 'one is enough for tests' })).toEqual([]);
});

test('an acknowledgement that nothing needs is a fault', () => {
  expect(faultsOf(DATABASE, { 'spec.replicas': 'x' })).toEqual(["acknowledge: nothing that is not supported has the name 'spec.replicas'; remove it"]);
  expect(faultsOf(`${DATABASE}  replicas: 3\n`, { 'spec.replica': 'x' })).toContain("acknowledge: nothing that is not supported has the name 'spec.replica'; did you mean 'spec.replicas'?");
});

describe('Postgres.fromKubeDb', () => {
  const chart = (namespace?: string) => new Chart(new App(), 'demo', namespace === undefined ? {} : { namespace });
  const errorOf = (make: () => unknown): string => {
    try {
      make();
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('names the construct and every fault, and adds nothing', () => {
    const scope = chart('demo');
    expect(errorOf(() => Postgres.fromKubeDb(scope, 'pg', `${DATABASE}  replicas: 3\n  halted: true\n`))).toMatch(
      /^\[demo\/pg\] Postgres\.fromKubeDb: 2 errors:\n- \[kubedb\.yaml:13:3\] Postgres pg: spec\.replicas .*\n- \[kubedb\.yaml:14:3\] Postgres pg: spec\.halted [^\n]*$/);
    expect(scope.node.children).toEqual([]);
  });

  test('refuses another namespace than that of the chart', () => {
    expect(errorOf(() => Postgres.fromKubeDb(chart('shop'), 'pg', DATABASE))).toBe("[demo/pg] Postgres.fromKubeDb: the database is in namespace 'demo', the chart in 'shop'; use a chart of that namespace");
    expect(errorOf(() => Postgres.fromKubeDb(chart(), 'pg', DATABASE))).toBe("[demo/pg] Postgres.fromKubeDb: the database is in namespace 'demo', the chart in none; use a chart of that namespace");
  });

  test('wants the name of one of several databases', () => {
    const two = `${DATABASE}---\n${DATABASE.replace('name: pg', 'name: other')}`;
    expect(errorOf(() => Postgres.fromKubeDb(chart('demo'), 'pg', two))).toBe('[demo/pg] Postgres.fromKubeDb: the YAML has 2 databases; set option database to one of pg, other');
    expect(errorOf(() => Postgres.fromKubeDb(chart('demo'), 'pg', two, { database: 'gp' }))).toBe("[demo/pg] Postgres.fromKubeDb: the YAML has no Postgres 'gp'; use one of pg, other");
    expect(Postgres.fromKubeDb(chart('demo'), 'x', two, { database: 'other' }).name).toBe('other');
  });

  test('checks its arguments', () => {
    expect(errorOf(() => Postgres.fromKubeDb(chart('demo'), 'pg', { kind: 'Postgres' } as unknown as string))).toMatch(/^\[demo\/pg\] yaml is /);
    expect(errorOf(() => Postgres.fromKubeDb(chart('demo'), 'pg', DATABASE, { acknowledge: { 'spec.replicas': 1 as unknown as string } }))).toMatch(/acknowledge/);
  });
});

test('the report lists entries and errors, and does not throw', () => {
  const { entries, errors } = KubeDbReport.fromYaml(`${DATABASE}  replicas: 3\n`);
  expect(errors).toHaveLength(1);
  expect(entries.find(({ field }) => field === 'spec.replicas')).toMatchObject({ outcome: 'not supported', line: 13, column: 3, file: 'kubedb.yaml' });
});
