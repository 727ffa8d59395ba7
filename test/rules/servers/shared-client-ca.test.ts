import { Chart } from 'cdk8s';
import {
  AccessMethod, AccessRule, Certificate, ClientAuthMode, ClientCa, ClusterIssuer, IIssuer, Issuer, IssuerSource, PgBouncerVersion, Postgres, PostgresProps,
  PostgresStorage, PostgresVersion, SuperuserAccess, TrustBundle, TrustBundleSource, TrustedCa, TrustSource, Validation,
} from '../../../src';
import { chartIn } from '../../support/tree';

type Database = Partial<PostgresProps>;

/** Where E40 is found among databases that share the issuer `company`, or the finding of each instead. */
function found(...databases: ReadonlyArray<(chart: Chart, issuer: IIssuer) => Database>): string[] {
  const chart = chartIn();
  Validation.of(chart).acknowledge('PGTLS-E14', 'not the matter here');
  const issuer = Issuer.fromIssuerName(chart, 'company', 'company');
  databases.forEach((props, index) => {
    new Postgres(chart, `db${index}`, {
      version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), superuserAccess: SuperuserAccess.certificate(),
      tls: { issuer, clientCa: ClientCa.shared(issuer) }, ...props(chart, issuer),
    });
  });
  return Validation.of(chart).findings().filter(({ rule: { code } }) => code === 'PGTLS-E40').map(({ location: { path } }) => path);
}

const shared = () => ({});
const dedicated = (_: Chart, issuer: IIssuer) => ({ tls: { issuer } });
/** Passwords, and certificates of one role by a row of its own; the superuser comes by certificate all the same, so it is left out. */
const byRule = (options: Parameters<typeof AccessRule.hostssl>[0], userMappings: PostgresProps['userMappings'] = []) => (): Database =>
  ({ clientAuthMode: ClientAuthMode.SCRAM, superuserAccess: SuperuserAccess.local(), accessRules: [AccessRule.hostssl(options)], userMappings });
const mapped = (systemUser: string) => byRule({ users: ['app'], method: AccessMethod.cert({ distinguishedName: true, map: 'm' }) }, [{ map: 'm', systemUser, databaseUser: 'app' }]);
const named = byRule({ users: ['app'], method: AccessMethod.cert() });

test.each<[string, Array<(chart: Chart, issuer: IIssuer) => Database>, string[]]>([
  ['a CA of its own each', [dedicated, dedicated], []],
  ['one and the same CA', [shared, shared], ['chart/db1']],
  ['one of them has its own', [shared, dedicated], []],
  ['the first maps the whole subject, the others do not', [mapped('CN=app,OU=zero'), named, named], ['chart/db1', 'chart/db2']],
  ['by name in one, by subject in the other: the certificate of the other is enough', [mapped('CN=app,OU=zero'), named], ['chart/db1']],
  ['two subjects', [mapped('CN=app,OU=zero'), mapped('CN=app,OU=one')], []],
  ['the same subject', [mapped('CN=app'), mapped('CN=app')], ['chart/db1']],
  ['replication', [byRule({ databases: ['replication'], users: ['copy'], method: AccessMethod.cert() }), byRule({ databases: ['replication'], users: ['copy'], method: AccessMethod.cert() })], ['chart/db1']],
  ['the database of its own name', [byRule({ databases: ['sameuser'], method: AccessMethod.cert() }), named], ['chart/db1']],
  ['from a network', [byRule({ users: ['app'], address: '10.0.0.0/8', method: AccessMethod.cert() }), named], ['chart/db1']],
  ['a group', [byRule({ users: ['+apps'], method: AccessMethod.cert() }), named], ['chart/db1']],
  ['other roles', [byRule({ users: ['one'], method: AccessMethod.cert() }), byRule({ users: ['two'], method: AccessMethod.cert() })], []],
  ['the same subject as another role', [mapped('CN=app'), byRule({ users: ['other'], method: AccessMethod.cert({ distinguishedName: true, map: 'm' }) }, [{ map: 'm', systemUser: 'CN=app', databaseUser: 'other' }])], ['chart/db1']],
  ['a map gives the common name of the other another role', [named, byRule({ users: ['other'], method: AccessMethod.cert({ map: 'm' }) }, [{ map: 'm', systemUser: 'app', databaseUser: 'other' }])], ['chart/db1']],
  ['a map without the common name of the other', [named, byRule({ users: ['app'], method: AccessMethod.cert({ map: 'm' }) }, [{ map: 'm', systemUser: 'one', databaseUser: 'app' }])], []],
  ['a map with a pattern', [named, byRule({ users: ['app'], method: AccessMethod.cert({ map: 'm' }) }, [{ map: 'm', systemUser: '/^(.*)@one$', databaseUser: 'app' }])], ['chart/db1']],
  ['a subject with another common name than that of the role', [mapped('CN=one\\+,OU=zero'), named], []],
  ['from inside the pod alone', [byRule({ users: ['app'], address: '127.0.0.1/32', method: AccessMethod.cert() }), named], []],
])('%s', (_, databases, expected) => { expect(found(...databases)).toEqual(expected); });

test('a client of one database with the name of a pooler of another one', () => {
  const chart = chartIn();
  const issuer = Issuer.fromIssuerName(chart, 'company', 'company');
  const [one, two] = ['one', 'two'].map((name) => new Postgres(chart, name, { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer, clientCa: ClientCa.shared(issuer) } }));
  one!.addClient('orders');
  one!.addPooler('pool', { version: PgBouncerVersion.of('1.26.1', 'registry.example/pgbouncer:1.26.1'), clients: ['orders'] });
  two!.addClient('one-pool');
  expect(Validation.of(chart).findings().filter(({ rule: { code } }) => code === 'PGTLS-E40').map(({ problem }) => problem)).toEqual([
    "clients of StatefulSet 'one' in namespace 'demo' can log in here as 'one-pool': both databases trust one CA, and nothing in the client certificates distinguishes them",
  ]);
});

test('two Issuers that sign with one key pair are one CA, and a ClusterIssuer is one in every namespace', () => {
  const ofOneKey = (name: string) => (chart: Chart) => {
    const issuer = new Issuer(chart, name, { source: IssuerSource.ca(Certificate.fromSecretName(chart, `key-of-${name}`, 'company-ca')) });
    return { tls: { issuer, clientCa: ClientCa.shared(issuer) } };
  };
  expect(found(ofOneKey('first'), ofOneKey('second'))).toEqual(['chart/db1']);

  const chart = chartIn('one');
  for (const namespace of ['one', 'two']) {
    const place = namespace === 'one' ? chart : new Chart(chart.node.root as never, namespace, { namespace });
    const issuer = ClusterIssuer.fromClusterIssuerName(place, 'platform', 'platform');
    new Postgres(place, `db-${namespace}`, {
      version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), superuserAccess: SuperuserAccess.certificate(), tls: { issuer, clientCa: ClientCa.shared(issuer) },
    });
  }
  expect(Validation.of(chart).findings().filter(({ rule: { code } }) => code === 'PGTLS-E40')).toHaveLength(1);
});

const bundled = (name: string, ...sources: Array<[string, TrustBundleSource]>) => (chart: Chart, issuer: IIssuer): Database => ({
  tls: {
    issuer,
    clientCa: ClientCa.shared(issuer),
    trustedClientCas: TrustSource.fromBundle(new TrustBundle(chart, name, {
      sources: [TrustBundleSource.fromSecretName('company-root'), ...sources.map(([, source]) => source)].map((source, index) =>
        TrustedCa.fromIssuer(index === 0 ? issuer : Issuer.fromIssuerName(chart, `${name}-${index}`, sources[index - 1]![0]), source).root),
    })),
  },
});

test('two bundles with a common CA share that CA, also with further sources', () => {
  expect(found(bundled('first'), bundled('second'))).toEqual(['chart/db1']);
  expect(found(bundled('first', ['one', TrustBundleSource.fromConfigMapName('one')]), bundled('second', ['two', TrustBundleSource.fromConfigMapName('two')]))).toEqual(['chart/db1']);
  expect(found(bundled('first'), dedicated)).toEqual([]);
});
