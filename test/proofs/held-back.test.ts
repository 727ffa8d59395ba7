import { App, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { CertificateAuthority, Findings, Issuer, Postgres, PostgresProps, PostgresStorage, PostgresVersion } from '../../src';

const PROPS = { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }) };
const secured = (scope: Construct): PostgresProps => ({ ...PROPS, tls: { issuer: Issuer.fromIssuerName(scope, 'reference', 'ca') } });

function findings(fill: (chart: Chart) => void, namespace: string | undefined): string[] {
  const chart = new Chart(new App(), 'c', { namespace });
  fill(chart);
  return Findings.of(chart).map(({ path, code, message }) => `[${path}] ${code}: ${message}`);
}

// One cause, one finding: nobody has to look for the first line among what follows from it.
test.each<[string, string, string | undefined, (chart: Chart) => void]>([
  ['a name with capitals', "[c/OrdersDb] PGTLS-P10: name 'OrdersDb' is not a DNS label", 'ns', (chart) => new Postgres(chart, 'OrdersDb', secured(chart))],
  ['a name with an umlaut', "[c/bücher] PGTLS-P10: name 'bücher' is not a DNS label", 'ns', (chart) => new Postgres(chart, 'bücher', secured(chart))],
  ['no namespace', '[c/db] PGTLS-P07: the chart has no namespace', undefined, (chart) => new Postgres(chart, 'db', secured(chart))],
  ['a namespace that cannot be', "[c/db] PGTLS-P07: namespace 'Team A' of the chart is not a DNS label", 'Team A', (chart) => new Postgres(chart, 'db', secured(chart))],
  ['a database declared twice', "[c/again] PGTLS-N02: StatefulSet 'db' in namespace 'ns' is declared twice, first at 'c/db', and so are", 'ns', (chart) => {
    new Postgres(chart, 'db', PROPS);
    new Postgres(chart, 'again', { ...PROPS, name: 'db' });
  }],
  ['a composite declared twice', "[c/two/db] PGTLS-N02: StatefulSet 'db' in namespace 'ns' is declared twice, first at 'c/one/db'", 'ns', (chart) => {
    for (const id of ['one', 'two']) { new Postgres(new Construct(chart, id), 'db', PROPS); }
  }],
  ['a CA with a name that cannot be', "[c/Orders CA/self-signed-issuer] PGTLS-N01: name 'Orders CA-selfsigned' of Issuer", 'ns', (chart) => new CertificateAuthority(chart, 'Orders CA')],
])('%s', (_, wanted, namespace, fill) => {
  expect(findings(fill, namespace)).toEqual([expect.stringContaining(wanted)]);
});

test('what has another cause is told beside it', () => {
  const codes = findings((chart) => {
    new Postgres(chart, 'OrdersDb', { ...PROPS, parameters: { work_mem: 'lots' } });
    new CertificateAuthority(chart, 'Team CA');
  }, 'ns').map((line) => line.match(/PGTLS-\w+/)![0]);
  expect(codes.sort()).toEqual(['PGTLS-N01', 'PGTLS-P10', 'PGTLS-P23']);
});

test('two constructs that share nothing but one name each have their finding', () => {
  expect(findings((chart) => { for (const id of ['a', 'b', 'c']) { new CertificateAuthority(chart, id, { name: 'ca' }); } }, 'ns')).toEqual([
    expect.stringContaining('[c/b/self-signed-issuer] PGTLS-N02'), expect.stringContaining('[c/c/self-signed-issuer] PGTLS-N02'),
  ]);
});
