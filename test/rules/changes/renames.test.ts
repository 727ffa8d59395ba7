import { ApiObject, JsonPatch, Size } from 'cdk8s';
import { CertificateAuthority, ChangeConsent, Postgres, PostgresProps, PostgresScripts, PostgresStorage, PostgresVersion } from '../../../src';
import { changed, chartOf, type Program, severityAndCode } from '../../support/changes';

// What a rename of each name comes to: an error where Kubernetes cannot apply it and keep the data, nothing where it is another object that takes over.

interface Names {
  readonly chart?: string;
  readonly namespace?: string;
  readonly id?: string;
  readonly name?: string;
  readonly ca?: string;
  readonly scripts?: string;
  readonly client?: string;
  readonly patches?: JsonPatch[];
}

const program = ({ namespace = 'shop', id = 'orders', name = id, ca = 'ca', scripts = 'scripts', client = 'app', patches = [] }: Names, props: Partial<PostgresProps> = {}): Program => (app) => {
  const chart = chartOf(app, namespace);
  const db = new Postgres(chart, id, {
    version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } }), metadata: { name },
    tls: { issuer: new CertificateAuthority(chart, ca).issuer }, scripts: new PostgresScripts(chart, scripts), ...props,
  });
  db.addClient(client);
  ApiObject.of(db).addJsonPatch(...patches);
};

const claimOf = (index: number, name: string): JsonPatch[] => [JsonPatch.replace(`/spec/volumeClaimTemplates/${index}/metadata/name`, name)];
const serviceName = [JsonPatch.replace('/spec/serviceName', 'orders')];
const findings = (names: Names, consents: ChangeConsent[] = []) => changed(program({}), program(names), consents).filter(({ rule: { code } }) => code.startsWith('PGTLS-S'));

test.each<[string, Names, string[]]>([
  ['nothing', {}, []],
  ['the construct, with the same name', { id: 'OrdersDb', name: 'orders' }, []],
  ['the database', { name: 'invoices' }, ['error PGTLS-S04']],
  ['the namespace', { namespace: 'store' }, ['error PGTLS-S05']],
  ['the claim of the data', { patches: claimOf(0, 'pgdata') }, ['error PGTLS-S06']],
  ['the claim of the log', { patches: claimOf(1, 'pgwal') }, ['error PGTLS-S10']],
  ['the Service of the pods', { patches: serviceName }, ['error PGTLS-S16']],
  ['the CA of the server', { ca: 'other' }, []],
  ['the shared scripts', { scripts: 'other' }, []],
  ['a client', { client: 'other' }, []],
])('%s', (_, names, expected) => {
  expect(severityAndCode(findings(names))).toEqual(expected);
});

test('a consent lets the Service of the pods be renamed', () => {
  const [found] = findings({ patches: serviceName });
  expect(found!.message).toContain("add the consent ChangeConsent.statefulSetRecreated('shop', 'orders', reason)");
  expect(severityAndCode(findings({ patches: serviceName }, [ChangeConsent.statefulSetRecreated('shop', 'orders', 'deleted on 2026-11-29')]))).toEqual(['warning PGTLS-S16']);
  expect(severityAndCode(findings({ patches: serviceName }, [ChangeConsent.statefulSetRecreated('shop', 'others', 'deleted')]))).toEqual(['error PGTLS-S16', 'warning PGTLS-S29']);
});
