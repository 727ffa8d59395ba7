import { Chart, Size, Testing } from 'cdk8s';
import { ClientAuthMode, Issuer, Postgres, PostgresProps, PostgresStorage, PostgresVersion, SslMode } from '../../src';
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
const renamed: Change = (chart) => ({ tls: { issuer: issuedBy(chart, 'first'), certificates: { server: { dnsNames: ['db.example.com'] } } } });
const reissued: Change = (chart) => ({ tls: { issuer: issuedBy(chart, 'second') } });

const SERVER = 'Certificate/db-server-cert';
// What signs for clients, where certificates are asked for.
const CLIENT_CA = ['Issuer/db-client-ca-selfsigned', 'Certificate/db-client-ca', 'Issuer/db-client-ca'];
// The ConfigMap is reloaded; a StatefulSet that changes replaces its pod.
const NEW_POD = ['~ ConfigMap/db-config', '~ StatefulSet/db'];

// The table "Changing TLS settings of a running database" of docs/operations.md; what a server and its clients make of it, the cluster suite shows.
test.each<[string, Change, Change, string[]]>([
  ['TLS is added', plain, onOffer, [`+ ${SERVER}`, ...NEW_POD]],
  ['the mode is changed', onOffer, verified, [...CLIENT_CA.map((name) => `+ ${name}`), ...NEW_POD]],
  ['a certificate is changed', verified, renamed, ['~ Certificate/db-server-cert']],
  ['the issuer of the server is changed, which clients\' certificates have nothing to do with', verified, reissued, [`~ ${SERVER}`]],
  ['TLS is removed', verified, plain, [...NEW_POD, ...CLIENT_CA.map((name) => `- ${name}`), `- ${SERVER}`]],
  ['passwords are checked under TLS only', onOffer, (chart) => ({ ...onOffer(chart), sslMode: SslMode.REQUIRE }), ['~ ConfigMap/db-config']],
])('%s', (_, before, after, expected) => {
  expect(difference(before, after)).toEqual(expected);
});
