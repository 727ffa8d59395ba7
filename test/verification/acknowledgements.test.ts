import { Testing } from 'cdk8s';
import { ClientAuthMode, Manifests, Postgres, PostgresProps, PostgresStorage, PostgresVersion, Severity, Validation } from '../../src';
import { RULE_CODES } from '../../src/rules';
import { chartIn } from '../support/tree';

const MD5 = 'PGTLS-P20';

function database(id: string, props: Partial<PostgresProps> = {}, chart = chartIn()): Postgres {
  return new Postgres(chart, id, { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), ...props });
}

const found = (db: Postgres) => Validation.of(db).findings().map(({ location: { path }, rule: { code } }) => `${path} ${code}`);

describe('an acknowledgement', () => {
  test.each([
    ['PGTLS-Z99', "[chart/db] no rule has the code 'PGTLS-Z99'; use one of the codes in docs/rules/README.md"],
    ['pgtls-p20', "[chart/db] no rule has the code 'pgtls-p20'; did you mean 'PGTLS-P20'?"],
    ['P20', "[chart/db] no rule has the code 'P20'; did you mean 'PGTLS-P20'?"],
    ['PGTLS_P20', "no rule has the code 'PGTLS_P20'; did you mean 'PGTLS-P20'?"],
    ['', "no rule has the code ''; use one of the codes"],
    ['constructor', "no rule has the code 'constructor'"],
    ['PGTLS-P10', '[chart/db] PGTLS-P10 is an error, only warnings can be acknowledged; fix the reported fault'],
  ])('of %j is refused', (code, message) => {
    expect(() => { Validation.of(database('db')).acknowledge(code, 'on purpose'); }).toThrow(message);
    expect(() => Manifests.fromYaml({}).validate({ acknowledgements: [{ code, reason: 'on purpose' }] })).toThrow(`Manifests: acknowledgements[0]: ${message.replace('[chart/db] ', '')}`);
  });

  test('is refused for every error and accepted for every warning', () => {
    for (const [code, [severity]] of Object.entries(RULE_CODES)) {
      const acknowledge = () => { Validation.of(chartIn()).acknowledge(code, 'on purpose'); };
      if (severity === 'error') { expect(acknowledge).toThrow(`${code} is an error`); } else { expect(acknowledge).not.toThrow(); }
    }
  });

  test('of a warning that occurs is in its finding', () => {
    const db = database('db', { clientAuthMode: ClientAuthMode.MD5 });
    Validation.of(db.node.root).acknowledge(MD5, 'a client from 2009');
    expect(Validation.of(db).findings()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: MD5 }), acknowledged: 'a client from 2009' })]);
  });

  test('of a warning that does not occur is reported, with its reason', () => {
    const db = database('db');
    Validation.of(db).acknowledge(MD5, 'a client from 2009');
    expect(Validation.of(db).findings()).toMatchObject([{
      rule: { code: 'PGTLS-A19', page: 'docs/rules/acknowledgement-unused.md' }, severity: Severity.WARNING, location: { path: 'chart/db' }, acknowledged: undefined,
      message: 'PGTLS-P20 is acknowledged (a client from 2009) but does not occur here; remove the acknowledgement, or set it on the construct or path of the warning',
    }]);
  });

  test('at another construct than the warning is reported beside the warning', () => {
    const chart = chartIn();
    const old = database('old', { clientAuthMode: ClientAuthMode.MD5 }, chart);
    Validation.of(database('new', {}, chart)).acknowledge(MD5, 'a client from 2009');
    expect(found(old)).toEqual(['chart/old PGTLS-P20', 'chart/new PGTLS-A19']);
  });

  test('stops a synthesis in which warnings are errors, until it is removed or acknowledged itself', () => {
    const db = database('db');
    Validation.of(db).configure({ warningsAsErrors: true });
    Validation.of(db).acknowledge(MD5, 'only one of our environments has it');
    expect(() => Testing.synth(chartOf(db))).toThrow('[chart/db] PGTLS-A19 (warning): PGTLS-P20 is acknowledged');
    Validation.of(db.node.root).acknowledge('PGTLS-A19', 'only one of our environments has it');
    expect(() => Testing.synth(chartOf(db))).not.toThrow();
  });

  test('of a warning that is left out beside its cause is not reported as superfluous', () => {
    const db = database('OrdersDb', { clientAuthMode: ClientAuthMode.MD5 });
    Validation.of(db).acknowledge(MD5, 'a client from 2009');
    expect(found(db)).not.toContain('chart/OrdersDb PGTLS-A19');
  });
});

describe('an acknowledgement for files', () => {
  const selfSigned = `apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: own, namespace: demo }
spec: { selfSigned: {} }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: db, namespace: demo }
spec: { secretName: db, dnsNames: [db], commonName: db, issuerRef: { name: own }, privateKey: { rotationPolicy: Always } }
`;
  const path = "a.yaml: Certificate 'db' in namespace 'demo'";

  test('of a warning that occurs is in its finding, with a path and without', () => {
    for (const place of [{}, { path }]) {
      const [finding, ...others] = Manifests.fromYaml({ 'a.yaml': selfSigned }).validate({ acknowledgements: [{ code: 'PGTLS-E10', reason: 'a test', ...place }] });
      expect(finding).toMatchObject({ rule: expect.objectContaining({ code: 'PGTLS-E10' }), acknowledged: 'a test', location: { path } });
      expect(others).toEqual([]);
    }
  });

  test('of a warning or at a path that does not occur is reported', () => {
    for (const acknowledgement of [{ code: MD5, reason: 'r' }, { code: 'PGTLS-E10', reason: 'r', path: 'b.yaml' }]) {
      expect(Manifests.fromYaml({ 'a.yaml': selfSigned }).validate({ acknowledgements: [acknowledgement] })).toContainEqual(expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-A19' }), location: expect.objectContaining({ path: 'acknowledgements' }) }));
    }
  });

  test('needs a reason', () => {
    expect(() => Manifests.fromYaml({ 'a.yaml': selfSigned }).validate({ acknowledgements: [{ code: 'PGTLS-E10', reason: ' ' }] })).toThrow('reason of the acknowledgement of PGTLS-E10 is empty');
  });
});

test.each([
  ['warningAsErrors', 'warningsAsErrors'], ['WarningsAsErrors', 'warningsAsErrors'], ['certmanagerVersion', 'certManagerVersion'], ['consent', 'consents'], ['commited', 'committed'],
  ['clusterResourceNameSpace', 'clusterResourceNamespace'], ['trust_namespace', 'trustNamespace'],
])('the misspelt option %s of configure is reported with %s', (misspelt, right) => {
  const options = { [misspelt]: undefined };
  expect(() => { Validation.of(chartIn()).configure(options); }).toThrow(`${misspelt} is not a property of ValidationOptions; did you mean ${right}?`);
  expect(() => Manifests.fromYaml({}).validate(options)).toThrow(`${misspelt} is not a property of ManifestValidationOptions; did you mean ${right}?`);
});

function chartOf(db: Postgres): ReturnType<typeof chartIn> {
  return db.node.scope as ReturnType<typeof chartIn>;
}
