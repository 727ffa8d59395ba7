import { Chart, Size, Testing } from 'cdk8s';
import { CertificateAlias, ClientAuthMode, Issuer, Postgres, PostgresProps, PostgresStorage, PostgresVersion, SslMode } from '../../src';
import { chartIn, Manifest } from '../support/tree';

type Change = (chart: Chart) => Partial<PostgresProps>;

/** What a second synthesis adds (+), removes (-) and changes (~), by kind and name. */
function difference(before: Change, after: Change): string[] {
  const [old, now] = [before, after].map((props) => {
    const chart = chartIn();
    new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...props(chart) });
    return new Map(Testing.synth(chart).map((manifest: Manifest) => [`${manifest.kind}/${manifest.metadata.name}`, JSON.stringify(manifest)]));
  });
  return [
    ...[...now!].filter(([name, text]) => old!.get(name) !== text).map(([name]) => (old!.has(name) ? `~ ${name}` : `+ ${name}`)),
    ...[...old!.keys()].filter((name) => !now!.has(name)).map((name) => `- ${name}`),
  ];
}

const issuedBy = (chart: Chart, name: string) => Issuer.fromIssuerName(chart, name, name);
const plain: Change = () => ({});
const onOffer: Change = (chart) => ({ sslMode: SslMode.PREFER, clientAuthMode: ClientAuthMode.SCRAM, tls: { issuer: issuedBy(chart, 'first') } });
const verified: Change = (chart) => ({ tls: { issuer: issuedBy(chart, 'first') } });
const renamed: Change = (chart) => ({ tls: { issuer: issuedBy(chart, 'first'), certificates: [{ alias: CertificateAlias.SERVER, dnsNames: ['db.example.com'] }] } });
const reissued: Change = (chart) => ({ tls: { issuer: issuedBy(chart, 'second') } });

const EVERY_CERTIFICATE = ['Certificate/db-server-cert', 'Certificate/db-client-cert', 'Certificate/db-metrics-exporter-cert'];
// The ConfigMap is reloaded; a StatefulSet that changes replaces its pod.
const NEW_POD = ['~ ConfigMap/db-config', '~ StatefulSet/db'];

// The table "Changing one's mind" of docs/operations.md; what a server and its clients make of it, the cluster suite shows.
test.each<[string, Change, Change, string[]]>([
  ['TLS is added', plain, onOffer, [...EVERY_CERTIFICATE.map((name) => `+ ${name}`), ...NEW_POD]],
  ['the mode is changed', onOffer, verified, NEW_POD],
  ['a certificate is changed', verified, renamed, ['~ Certificate/db-server-cert']],
  ['the issuer is changed', verified, reissued, EVERY_CERTIFICATE.map((name) => `~ ${name}`)],
  ['TLS is removed', verified, plain, [...NEW_POD, ...EVERY_CERTIFICATE.map((name) => `- ${name}`)]],
  ['passwords are checked under TLS only', onOffer, (chart) => ({ ...onOffer(chart), sslMode: SslMode.REQUIRE }), ['~ ConfigMap/db-config']],
])('%s', (_, before, after, expected) => {
  expect(difference(before, after)).toEqual(expected);
});
