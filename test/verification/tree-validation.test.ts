import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Certificate, ClientAuthMode, Issuer, IssuerSource, Postgres, PostgresStorage, PostgresVersion, Severity, Validation } from '../../src';
import { chartIn, refusal } from '../support/tree';

function certificate(chart: Chart, id: string, props: { secretName?: string; commonName?: string } = {}) {
  const issuer = chart.node.tryFindChild('ca') as Issuer ?? new Issuer(chart, 'ca', { source: IssuerSource.selfSigned() });
  return new Certificate(chart, id, { issuer, commonName: 'db', ...props });
}

test('the error of an app lists all faults, each with construct path, value and fix', () => {
  const app = Testing.app();
  const one = chartIn('demo', 'one', app);
  const two = chartIn('demo', 'two', app);
  certificate(one, 'long', { commonName: 'x'.repeat(65) });
  new Postgres(two, 'db_1', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), clientAuthMode: ClientAuthMode.CERT });

  const message = refusal(one);
  expect(message).toContain(`[one/long] PGTLS-B02: commonName '${'x'.repeat(65)}' is 65 bytes long, at most 64 are allowed; shorten it`);
  expect(message).toContain("[two/db_1] PGTLS-P03: clientAuthMode 'cert' is set without TLS; set tls, or set clientAuthMode to 'scram'");
  expect(message).toContain("[two/db_1] PGTLS-P10: name 'db_1' is not a DNS label");
});

test('an app synthesizes after a repair', () => {
  const chart = chartIn();
  const wrong = certificate(chart, 'wrong', { commonName: 'x'.repeat(65) });
  expect(refusal(chart)).toContain('PGTLS-B02');
  ApiObject.of(wrong).addJsonPatch(JsonPatch.replace('/spec/commonName', 'short'));
  expect(refusal(chart)).toBe('');
});

test('patches of the user are checked as written', () => {
  const chart = chartIn();
  ApiObject.of(certificate(chart, 'cert')).addJsonPatch(JsonPatch.replace('/spec/duration', '90d'));
  expect(refusal(chart)).toContain("[chart/cert] PGTLS-D01: duration '90d' is not a Go duration");
});

test('two Certificates must not write one Secret', () => {
  const chart = chartIn();
  certificate(chart, 'first', { secretName: 'shared' });
  certificate(chart, 'second', { secretName: 'shared' });
  expect(refusal(chart)).toContain("[chart/second] PGTLS-A02: secretName 'shared' in namespace 'demo' is already written by Certificate 'first' at 'chart/first'");
});

test('one Secret name in two namespaces is no conflict', () => {
  const app = Testing.app();
  const here = chartIn('here', 'here', app);
  certificate(here, 'cert', { secretName: 'same' });
  certificate(chartIn('there', 'there', app), 'cert', { secretName: 'same' });
  expect(refusal(here)).toBe('');
});

test('two objects of one kind and name in a namespace are refused, across charts and packages', () => {
  const app = Testing.app();
  new ApiObject(chartIn('demo', 'mine', app), 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db' } });
  const theirs = chartIn('demo', 'theirs', app);
  new Postgres(theirs, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral() });
  expect(refusal(theirs)).toContain("[theirs/db/service] PGTLS-N02: Service 'db' in namespace 'demo' is declared twice, first at 'mine/service'");
});

test('two ClusterIssuers of one name conflict, for all namespaces of their charts', () => {
  const app = Testing.app();
  for (const id of ['one', 'two']) {
    new ApiObject(chartIn(id, id, app), 'issuer', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'ca' } });
  }
  certificate(chartIn('demo', 'three', app), 'cert');
  expect(refusal(app.charts[0]!)).toContain("PGTLS-N02: ClusterIssuer 'ca' is declared twice");
});

test('a name that the API server refuses is refused', () => {
  const chart = chartIn();
  certificate(chart, 'my_cert');
  expect(refusal(chart)).toContain("[chart/my_cert] PGTLS-N01: name 'my_cert' of Certificate is not a DNS subdomain");
});

describe('warnings', () => {
  let shown: string[];
  beforeEach(() => {
    shown = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => { shown.push(String(text)); return true; });
  });
  afterEach(() => jest.restoreAllMocks());

  function md5(app: App = Testing.app()) {
    const chart = chartIn('demo', 'chart', app);
    return new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), clientAuthMode: ClientAuthMode.MD5 });
  }

  test('are shown once and do not stop the synthesis', () => {
    const app = Testing.app();
    md5(app);
    chartIn('demo', 'another', app);
    app.synth();
    expect(shown).toEqual([expect.stringContaining("warning: [chart/db] PGTLS-P20: clientAuthMode 'md5' is deprecated since PostgreSQL 18; use 'scram'")]);
  });

  test('are not printed once acknowledged with a reason, and still listed', () => {
    const db = md5();
    Validation.of(db.node.scope!).acknowledge('PGTLS-P20', 'a client from 2009');
    Testing.synth(Chart.of(db));
    expect(shown).toEqual([]);
    expect(Validation.of(db).findings()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-P20' }), severity: Severity.WARNING, location: expect.objectContaining({ path: 'chart/db' }), acknowledged: 'a client from 2009' })]);
  });

  test('are not acknowledged by another code or without a reason', () => {
    const db = md5();
    Validation.of(db).acknowledge('PGTLS-E14', 'something else');
    expect(Validation.of(db).findings()[0]!.acknowledged).toBeUndefined();
    expect(() => Validation.of(db).acknowledge('PGTLS-P20', ' ')).toThrow('[chart/db] reason of the acknowledgement of PGTLS-P20 is empty');
  });
});
