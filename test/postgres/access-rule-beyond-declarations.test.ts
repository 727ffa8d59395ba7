import { AccessMethod, AccessRule, CertificateAuthority, ClientPrivileges, Postgres, PostgresStorage, PostgresVersion, Validation } from '../../src';
import { chartIn } from '../support/tree';

const ssl = (users: string[] | undefined, databases: string[] | undefined, method = AccessMethod.cert()) => AccessRule.hostssl({ users, databases, method });

/** The findings of PGTLS-P120, with the property of each. */
function found(rules: AccessRule[], declare: (db: Postgres) => void = (db) => { db.addClient('orders'); db.addClient('billing'); }): string[] {
  const chart = chartIn();
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, accessRules: rules,
  });
  declare(db);
  return Validation.of(chart).findings().filter(({ rule: { code } }) => code === 'PGTLS-P120').map(({ field, problem }) => `${field}: ${problem}`);
}

test.each<[string, AccessRule, RegExp]>([
  ['every role, every database', ssl(undefined, undefined), /^accessRules\[0\]: the rule '.*' admits every role to database 'billing', every role to database 'orders', which no/],
  ['every role to one database', ssl(undefined, ['orders']), /: the rule .* admits every role to database 'orders', which no/],
  ['a client by name to the database of another one', ssl(['billing'], ['orders']), /admits 'billing' to database 'orders', which no/],
  ['a client to every database', ssl(['billing'], undefined), /admits 'billing' to database 'orders', which no/],
])('%s is found', (_, rule, message) => { expect(found([rule])).toEqual([expect.stringMatching(message)]); });

test.each<[string, AccessRule[]]>([
  ['a rejection', [ssl(undefined, ['orders'], AccessMethod.reject())]],
  ['a client in its own database', [ssl(['orders'], ['orders'], AccessMethod.scram())]],
  ['a role that no declaration has, in a declared database', [ssl(['auditor'], ['orders'])]],
  ['a database that is not declared', [ssl(undefined, ['legacy'])]],
  ['the database of the own name', [ssl(['orders', 'billing'], ['sameuser'])]],
  ['a rule that an earlier one decides', [ssl(['billing'], undefined, AccessMethod.reject()), ssl(['billing'], ['orders'])]],
])('%s is not', (_, rules) => { expect(found(rules)).toEqual([]); });

test('nothing is found without clients', () => {
  expect(found([ssl(undefined, undefined)], (db) => { db.addDatabase('orders'); })).toEqual([]);
});

test('a declared role that the rule does not name is found, a member of the owner or one that is named is not', () => {
  const declare = (db: Postgres) => {
    db.addClient('orders');
    db.addRole('dba', { login: true });
    db.addRole('helper', { login: true, inRoles: ['orders'] });
    db.addClient('shop', { database: 'orders', privileges: ClientPrivileges.readWrite() });
  };
  expect(found([ssl(['dba', 'helper', 'shop'], ['orders'])], declare)).toEqual([]);
  expect(found([ssl(['dba', 'helper'], undefined)], declare)).toEqual([expect.stringMatching(/admits 'dba' to database 'orders', which no/)]);
});
