import { App, Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AccessMethod, AccessRule, Certificate, CertificateAuthority, CertificateOutputFormat, ClientAuthMode, ClientCa, ClientCertificateCheck, ClientPassword,
  ClientPrivileges, DatabaseLocale, DeclaredState, Postgres, PostgresMonitor, PostgresProps, PostgresStorage, PostgresVersion, Privilege, PrivilegeGrant, SslMode,
} from '../../src';
import { clientCertificateAlias } from '../../src/postgres/features/clients/client-certificate';
import { reloadScript } from '../../src/postgres/engines/pods/reload-script';
import { hbaName, parseHba, printHba } from '../../src/postgresql';
import { chartIn, type Manifest, refusal, written } from '../support/tree';

/** A chart with a database `db`, with TLS unless the properties have `tls`. */
function databaseIn(props: Partial<PostgresProps> = {}, chart: Chart = chartIn()): { chart: Chart; db: Postgres } {
  const tls = 'tls' in props ? {} : { tls: { issuer: new CertificateAuthority(chart, 'ca').issuer } };
  return { chart, db: new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), ...tls, ...props }) };
}

const configOf = (chart: Chart): Record<string, string> => written(chart, 'ConfigMap', 'db-config').data;
const declared = (chart: Chart): Manifest => JSON.parse(configOf(chart)['declarations.json']!);
const rowsOf = (chart: Chart): string[] => configOf(chart)['pg_hba.conf']!.trimEnd().split('\n').map((row) => row.replace(/ +/g, ' '));

describe('what is declared, as the pod reads it', () => {
  test('a client owns the database of its name, which it declares', () => {
    const { chart, db } = databaseIn();
    const client = db.addClient('orders');
    expect(client).toMatchObject({ name: 'orders', role: 'orders', database: 'orders', databases: ['orders'], db });
    expect(declared(chart)).toEqual({
      roles: [{
        name: 'orders', present: true, login: true, replication: false, createDatabases: false, createRoles: false, bypassRowSecurity: false, connectionLimit: -1, validUntil: 'infinity',
        inRoles: [], settings: [], resetSettings: [],
      }],
      databases: [{
        name: 'orders', present: true, owner: 'orders', connectionLimit: -1, publicAccess: false, settings: [], resetSettings: [], schemas: [], extensions: [], creators: ['orders'], clients: [],
      }],
    });
  });

  test('grants by preset, for public and every declared schema', () => {
    const { chart, db } = databaseIn();
    db.addDatabase('orders', { schemas: [{ name: 'app' }, { name: 'audit', owner: 'auditors' }], extensions: [{ name: 'pg_trgm', schema: 'app', version: '1.6' }] });
    db.addRole('auditors');
    db.addClient('orders');
    db.addClient('shop', { database: 'orders', privileges: ClientPrivileges.readWrite(), schemas: ['app'] });
    db.addClient('reports', { database: 'orders', privileges: ClientPrivileges.readOnly() });
    const [database] = declared(chart).databases;
    expect(database.schemas).toEqual([{ name: 'app', owner: 'orders' }, { name: 'audit', owner: 'auditors' }]);
    expect(database.extensions).toEqual([{ name: 'pg_trgm', schema: 'app', version: '1.6' }]);
    // Sorted by name: reports, then shop.
    expect([...database.clients].reverse()).toEqual([
      {
        role: 'shop', grants: [
          { on: 'database', privileges: ['CONNECT', 'TEMPORARY'] }, { on: 'schema', schema: 'app', privileges: ['USAGE'] },
          { on: 'table', schema: 'app', privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] }, { on: 'sequence', schema: 'app', privileges: ['SELECT', 'USAGE'] },
        ],
      },
      {
        role: 'reports', grants: [
          { on: 'database', privileges: ['CONNECT'] },
          ...['public', 'app', 'audit'].flatMap((schema) => [{ on: 'schema', schema, privileges: ['USAGE'] }, { on: 'table', schema, privileges: ['SELECT'] }, { on: 'sequence', schema, privileges: ['SELECT'] }]),
        ],
      },
    ]);
  });

  test('creators are the owners, those who may create, and their members, for whose objects default privileges are', () => {
    const { chart, db } = databaseIn();
    db.addRole('owners');
    db.addRole('auditors');
    db.addDatabase('orders', { owner: 'owners', schemas: [{ name: 'audit', owner: 'auditors' }] });
    db.addClient('one', { database: 'orders', privileges: ClientPrivileges.custom([]), inRoles: ['owners'] });
    db.addClient('two', { database: 'orders', privileges: ClientPrivileges.custom([]), inRoles: ['one'] });
    db.addClient('three', { database: 'orders', privileges: ClientPrivileges.custom([PrivilegeGrant.onSchema([Privilege.CREATE])]) });
    db.addClient('four', { database: 'orders', privileges: ClientPrivileges.readOnly() });
    db.addDatabase('other');
    expect(declared(chart).databases.map(({ creators }: Manifest) => creators)).toEqual([['owners', 'auditors', 'three', 'one', 'two'], ['postgres']]);
  });

  test('settings: lists of names by words, all other values as one', () => {
    const { chart, db } = databaseIn();
    db.addRole('r', { settings: { search_path: 'app, "Odd, One", public', DateStyle: 'ISO, DMY', work_mem: '64MB', 'my.own': "it's", role: 'r' } });
    expect(declared(chart).roles[0].settings).toEqual([
      { name: 'DateStyle', words: ['ISO, DMY'] }, { name: 'my.own', words: ["it's"] }, { name: 'role', words: ['r'] }, { name: 'search_path', words: ['app', 'Odd, One', 'public'] },
      { name: 'work_mem', words: ['64MB'] },
    ]);
  });

  test('what is absent, and nothing of it in pg_hba.conf or as a certificate', () => {
    const { chart, db } = databaseIn();
    db.addClient('shop', { database: 'orders' });
    const gone = db.addClient('orders', { state: DeclaredState.absent({ reassignOwnedTo: 'shop' }) });
    db.addRole('old', { state: DeclaredState.absent({ dropOwned: true }) });
    db.addDatabase('trash', { state: DeclaredState.absent({ deleteData: true }) });
    const { roles, databases } = declared(chart);
    expect(roles.slice(0, 1)).toEqual([{ name: 'old', present: false, dropOwned: true }]);
    expect(roles.slice(1, 2)).toEqual([{ name: 'orders', present: false, reassignOwnedTo: 'shop' }]);
    expect(databases).toEqual([{ name: 'trash', present: false }, expect.objectContaining({ name: 'orders', owner: 'shop' })]);
    expect(rowsOf(chart).filter((row) => row.startsWith('hostssl'))).toEqual(['hostssl orders shop all cert']);
    expect(gone.certificate).toBeUndefined();
  });

  test('declarations after others are in the same objects, also if these were written before', () => {
    const { chart, db } = databaseIn();
    db.addClient('one');
    expect(rowsOf(chart)).toContain('hostssl one one all cert');
    db.addClient('two');
    expect(rowsOf(chart)).toContain('hostssl two two all cert');
    expect(declared(chart).roles).toHaveLength(2);
  });
});

describe('access', () => {
  test('one row for each database and address, and no row for everyone', () => {
    const { chart, db } = databaseIn();
    db.addDatabase('stock');
    db.addClient('orders');
    db.addClient('shop', { databases: ['orders', 'stock'], privileges: ClientPrivileges.readWrite(), addresses: ['10.0.0.0/8', 'fd00::/8'] });
    expect(rowsOf(chart).slice(-6)).toEqual([
      'hostssl orders orders all cert', 'hostssl orders shop 10.0.0.0/8 cert', 'hostssl orders shop fd00::/8 cert', 'hostssl stock shop 10.0.0.0/8 cert', 'hostssl stock shop fd00::/8 cert',
      'host all all all reject',
    ]);
  });

  test.each([SslMode.ALLOW, SslMode.PREFER, SslMode.REQUIRE, SslMode.VERIFY_FULL])('the rows of the mode %s are omitted, those of access rules stay before', (sslMode) => {
    const accessRules = [AccessRule.hostssl({ databases: ['orders'], users: ['debug'], method: AccessMethod.cert() })];
    const { chart, db } = databaseIn({ sslMode, accessRules });
    db.addClient('orders');
    expect(rowsOf(chart).slice(-3)).toEqual(['hostssl orders debug all cert', 'hostssl orders orders all cert', 'host all all all reject']);
  });

  test('roles and databases alone leave the rows as they are', () => {
    const plain = databaseIn();
    const { chart, db } = databaseIn();
    db.addDatabase('orders');
    db.addRole('owners');
    expect(rowsOf(chart)).toEqual(rowsOf(plain.chart));
  });

  test.each<[SslMode, ClientAuthMode, string]>([
    [SslMode.VERIFY_FULL, ClientAuthMode.CERT, 'hostssl orders orders all scram-sha-256'], [SslMode.REQUIRE, ClientAuthMode.SCRAM, 'hostssl orders orders all scram-sha-256'],
    [SslMode.PREFER, ClientAuthMode.MD5, 'host orders orders all scram-sha-256'],
  ])('a password with %s and %s: %s', (sslMode, clientAuthMode, row) => {
    const { chart, db } = databaseIn({ sslMode, clientAuthMode });
    expect(db.addClient('orders', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 's', 'orders-password')) }).certificate).toBeUndefined();
    expect(rowsOf(chart)).toContain(row);
  });

  test('where a certificate is required in addition to passwords, the client has both', () => {
    const { chart, db } = databaseIn({ clientAuthMode: ClientAuthMode.SCRAM, clientCertificate: ClientCertificateCheck.VERIFY_FULL });
    const { certificate } = db.addClient('orders', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 's', 'orders-password')) });
    expect(rowsOf(chart)).toContain('hostssl orders orders all scram-sha-256 clientcert=verify-full');
    expect(certificate?.secretName).toBe('db-client-orders-cert');
  });

  test.each<[number, string, string]>([
    [18, 'orders', 'orders'], [18, 'all', '"all"'], [18, '+x', '"+x"'], [18, '@x', '"@x"'], [18, 'a b', '"a b"'], [18, 'a"b', '"a""b"'], [18, 'a,b#c', '"a,b#c"'], [18, '"all"', '"""all"""'],
    [18, '"x"', '"""x"""'], [15, '/x.y', '/x.y'], [16, '/x.y', '"/^\\/x\\.y$"'], [16, '/ü', '"/^\\/ü$"'], [18, 'sameuser', '"sameuser"'],
  ])('in pg_hba.conf of PostgreSQL %s the name %j is the word %s, and is read back as itself', (major, name, word) => {
    const row = { type: 'hostssl', databases: [hbaName(name, major)], users: ['u'], address: 'all', method: 'cert', options: [] } as const;
    const text = printHba([row]);
    expect(text.split('\n')[1]).toMatch(new RegExp(`^hostssl +${word.replace(/[^\w]/gu, '\\$&')} +u +all +cert$`));
    expect(parseHba(text).rows[0]!.databases).toEqual(row.databases);
  });
});

describe('certificates', () => {
  test('one Certificate for each client from the client CA, its common name is the role', () => {
    const { chart, db } = databaseIn();
    const client = db.addClient('Orders App', { certificate: { duration: Duration.days(30), additionalOutputFormats: [CertificateOutputFormat.DER] } });
    const name = `db-${clientCertificateAlias('Orders App')}-cert`;
    expect(name).toMatch(/^db-client-orders-app-[0-9a-f]{8}-cert$/);
    expect(written(chart, 'Certificate', name)).toMatchObject({
      metadata: { namespace: 'demo', labels: { 'app.kubernetes.io/instance': 'db' } },
      spec: {
        commonName: 'Orders App', secretName: name, duration: '720h0m0s', usages: ['digital signature', 'key encipherment', 'client auth'], additionalOutputFormats: [{ type: 'DER' }],
        issuerRef: { name: 'db-client-ca', kind: 'Issuer' },
      },
    });
    expect(client.certificate).toBeInstanceOf(Certificate);
    expect(client.certificate?.secretName).toBe(name);
  });

  test.each(['orders', 'Orders', 'orders!', '!', 'ÖRDERS', 'x'.repeat(63), 'a-b', 'a_b', '-a'])('the name of the objects of client %j is a DNS label, and no other has it', (name) => {
    const alias = clientCertificateAlias(name);
    expect(alias).toMatch(/^client(-[a-z0-9]+)+$/);
    expect(alias.length).toBeLessThanOrEqual(56);
    expect(['orders', 'Orders', 'orders!', '!', 'ÖRDERS', 'x'.repeat(63), 'a-b', 'a_b', '-a'].filter((other) => clientCertificateAlias(other) === alias)).toEqual([name]);
  });

  test('the client CA is made with the first client, where nothing needed one', () => {
    const { chart, db } = databaseIn({ clientAuthMode: ClientAuthMode.SCRAM });
    expect([db.clientCa, db.clientIssuer]).toEqual([undefined, undefined]);
    db.addClient('orders');
    expect(db.clientIssuer?.issuerName).toBe('db-client-ca');
    expect(written(chart, 'Certificate', 'db-client-ca').spec.isCA).toBe(true);
    expect(configOf(chart)['postgresql.conf']).toContain('ssl_ca_file');
  });

  test('a shared issuer signs them', () => {
    const chart = chartIn();
    const ca = new CertificateAuthority(chart, 'ca');
    const { db } = databaseIn({ tls: { issuer: ca, clientCa: ClientCa.shared(ca) } }, chart);
    db.addClient('orders');
    expect(written(chart, 'Certificate', 'db-client-orders-cert').spec.issuerRef.name).toBe('ca');
  });

  test('their expiry is watched, and a refused declaration has an alert', () => {
    const { chart, db } = databaseIn({ monitor: PostgresMonitor.prometheus({ alerts: {} }) });
    db.addClient('orders');
    const rules: Manifest[] = written(chart, 'PrometheusRule').spec.groups[0].rules;
    expect(rules.filter(({ alert }) => alert === 'PostgresCertificateNotRenewed').map(({ labels }) => labels.certificate)).toContain('db-client-orders-cert');
    expect(rules.find(({ alert }) => alert === 'PostgresReloadFailed').annotations.summary).toContain('refuses a declared role, database or privilege');
  });
});

describe('the pod', () => {
  test('a client with a certificate changes the ConfigMap alone: no pod is replaced', () => {
    const plain = databaseIn();
    const { chart, db } = databaseIn();
    db.addClient('orders');
    db.addRole('owners');
    expect(written(chart, 'StatefulSet')).toEqual(written(plain.chart, 'StatefulSet'));
    expect(Object.keys(configOf(chart)).filter((name) => !(name in configOf(plain.chart)))).toEqual(['database.sql', 'declarations.json', 'declarations.sql', 'removals.sql']);
  });

  test('a password is mounted in the reloader alone, under a name that follows from the role', () => {
    const { chart, db } = databaseIn();
    const secret = Secret.fromSecretName(chart, 's', 'legacy-login');
    db.addClient('legacy', { password: ClientPassword.fromSecret(secret, 'pw') });
    const { containers, volumes } = written(chart, 'StatefulSet').spec.template.spec;
    expect(volumes).toContainEqual({ name: 'client-passwords', projected: { defaultMode: 0o440, sources: [{ secret: { name: 'legacy-login', items: [{ key: 'pw', path: 'client-legacy' }] } }] } });
    expect(containers.filter(({ volumeMounts }: Manifest) => volumeMounts.some(({ name }: Manifest) => name === 'client-passwords')).map(({ name }: Manifest) => name)).toEqual(['reloader']);
    expect(containers[1].command).toContain('/etc/postgresql-clients');
    expect(declared(chart).roles[0].password).toBe('client-legacy');
  });

  test('the script of the reloader applies declarations where there are any, and is unchanged otherwise', () => {
    expect(reloadScript(false)).not.toContain('declarations');
    expect(reloadScript(true).match(/^ *take_over_declarations$/gm)).toHaveLength(1);
    expect(reloadScript(true)).toContain('[ "$1" = after ] || take_over_declarations; fi');
  });
});

// Bad input: each is one error at synth, and all of one program are reported together.
test.each<[string, (db: Postgres, chart: Chart) => unknown, RegExp, Partial<PostgresProps>?]>([
  ['a role of PostgreSQL', (db) => db.addRole('pg_monitor'), /PGTLS-P94: the name of role 'pg_monitor' begins with pg_/],
  ['the superuser', (db) => db.addClient('postgres', { database: 'orders' }), /PGTLS-P94: the name of client 'postgres' is reserved/],
  ['a role of the pod', (db) => db.addRole('postgres_reloader'), /PGTLS-P94: the name of role 'postgres_reloader' is a role of the pod/],
  ['an empty name', (db) => db.addRole(''), /PGTLS-P94: the name of role '' is empty/],
  ['a name of 64 bytes', (db) => db.addClient('ü'.repeat(32)), /PGTLS-P94: the name of client 'ü+' is 64 bytes long in UTF-8/],
  ['a line break', (db) => db.addRole('a\nb'), /PGTLS-P94: .* contains a control character/],
  ['a name that another encoding does not have as UTF-8', (db) => db.addClient('grüße', { database: 'orders' }),
    /PGTLS-P94: the name of client 'grüße' has characters outside of ASCII, which init\.encoding latin-1 does not store as UTF-8/, { init: { encoding: 'latin-1', locale: DatabaseLocale.libc('C') } }],
  ['such a schema', (db) => db.addDatabase('orders', { schemas: [{ name: 'straße' }] }),
    /PGTLS-P94: the name of schema 'straße' of database 'orders' has characters outside of ASCII/, { init: { encoding: 'LATIN1', locale: DatabaseLocale.libc('C') } }],
  ['such a value', (db) => db.addRole('r', { settings: { 'my.text': 'ü' } }), /PGTLS-P99: role 'r': parameter 'my\.text' has characters outside of ASCII/, { init: { encoding: 'LATIN1', locale: DatabaseLocale.libc('C') } }],
  ['such a table', (db) => { db.addDatabase('a'); db.addClient('r', { database: 'a', privileges: ClientPrivileges.custom([PrivilegeGrant.onTables([Privilege.SELECT], { names: ['ü'] })]) }); },
    /PGTLS-P99: client 'r': the name 'ü' of a grant on a table has characters outside of ASCII/, { init: { encoding: 'LATIN1', locale: DatabaseLocale.libc('C') } }],
  ['half of a character', (db) => db.addRole('a\ud800'), /PGTLS-P94: .* contains half of a character/],
  ['a template', (db) => db.addDatabase('template1'), /PGTLS-P94: the name of database 'template1' is reserved/],
  ['the database postgres', (db) => db.addClient('orders', { database: 'postgres' }), /PGTLS-P94: client 'orders': the name of database 'postgres' is reserved/],
  ['a schema of PostgreSQL', (db) => db.addDatabase('orders', { schemas: [{ name: 'pg_app' }] }), /PGTLS-P94: the name of schema 'pg_app' of database 'orders' is reserved/],
  ['the schema public', (db) => db.addDatabase('orders', { schemas: [{ name: 'public' }] }), /PGTLS-P94: the name of schema 'public' of database 'orders' is that of a schema that every database has/],
  ['a role twice', (db) => { db.addClient('orders'); db.addRole('orders'); }, /PGTLS-P95: role 'orders' is declared 2 times: addRole\('orders'\), addClient\('orders'\)/],
  ['a client twice', (db) => { db.addClient('orders'); db.addClient('orders'); }, /PGTLS-P95: role 'orders' is declared 2 times/],
  ['a database twice', (db) => { db.addDatabase('orders'); db.addDatabase('orders'); }, /PGTLS-P95: database 'orders' is declared more than once/],
  ['a schema twice', (db) => db.addDatabase('orders', { schemas: [{ name: 'a' }, { name: 'a' }] }), /PGTLS-P95: database 'orders' declares the schema 'a' more than once/],
  ['an extension twice', (db) => db.addDatabase('orders', { extensions: [{ name: 'a' }, { name: 'a' }] }), /PGTLS-P95: database 'orders' declares the extension 'a' more than once/],
  ['two owners', (db) => { db.addClient('one', { database: 'orders' }); db.addClient('two', { database: 'orders' }); }, /PGTLS-P95: database 'orders' has two owners, 'one' and 'two'; .*inRoles/],
  ['an owner beside the option', (db) => { db.addRole('own'); db.addDatabase('orders', { owner: 'own' }); db.addClient('orders'); }, /PGTLS-P95: database 'orders' has two owners, 'own' and 'orders'/],
  ['a database that is not declared', (db) => db.addClient('r', { database: 'orders', privileges: ClientPrivileges.readOnly() }), /PGTLS-P96: client 'r' is for database 'orders', which is declared nowhere; declare it: db\.addDatabase\('orders'\)/],
  ['a database that is removed', (db) => {
    db.addDatabase('orders', { state: DeclaredState.absent({ deleteData: true }) });
    db.addClient('r', { database: 'orders', privileges: ClientPrivileges.readOnly() });
  }, /PGTLS-P96: client 'r' is for database 'orders', which is declared absent/],
  ['an owner that is not declared', (db) => db.addDatabase('orders', { owner: 'own' }), /PGTLS-P96: the owner of database 'orders' is role 'own', which is declared nowhere; declare it: db\.addRole\('own'\)/],
  ['a removed role that owns a declared database', (db) => {
    db.addRole('own', { state: DeclaredState.absent({ dropOwned: true }) });
    db.addDatabase('orders', { owner: 'own' });
  }, /PGTLS-P96: the owner of database 'orders' is role 'own', which is declared absent; name a role that stays/],
  ['a removed role that owns a declared schema', (db) => {
    db.addRole('own', { state: DeclaredState.absent({ dropOwned: true }) });
    db.addDatabase('orders', { schemas: [{ name: 'app', owner: 'own' }] });
  }, /PGTLS-P96: the owner of schema 'app' of database 'orders' is role 'own', which is declared absent/],
  ['privileges on a schema that is not declared', (db) => { db.addDatabase('orders'); db.addClient('r', { database: 'orders', privileges: ClientPrivileges.readOnly(), schemas: ['app'] }); },
    /PGTLS-P96: client 'r' has privileges on schema 'app', which database 'orders' does not declare/],
  ['a grant on a schema that is not declared', (db) => { db.addDatabase('orders'); db.addClient('r', { database: 'orders', privileges: ClientPrivileges.custom([PrivilegeGrant.onSchema([Privilege.USAGE], 'app')]) }); },
    /PGTLS-P96: client 'r' has privileges on schema 'app'/],
  ['an extension in a schema that is not declared', (db) => db.addDatabase('orders', { extensions: [{ name: 'a', schema: 'ext' }] }), /PGTLS-P96: extension 'a' of database 'orders' is in schema 'ext'/],
  ['a group that is not declared', (db) => db.addRole('r', { inRoles: ['group'] }), /PGTLS-P96: .* role 'group', which is declared nowhere/],
  ['a member of itself', (db) => db.addRole('r', { inRoles: ['r'] }), /PGTLS-P96: role 'r' is a member of itself/],
  ['a circle of memberships', (db) => { db.addRole('a', { inRoles: ['b'] }); db.addRole('b', { inRoles: ['c'] }); db.addRole('c', { inRoles: ['a'] }); }, /PGTLS-P96: role 'a' is, through other roles, a member of itself/],
  ['a role removed without a decision', (db) => db.addRole('r', { state: DeclaredState.absent({}) }), /PGTLS-P97: the removal of role 'r' leaves open what becomes of the objects that it owns/],
  ['two decisions', (db) => db.addRole('r', { state: DeclaredState.absent({ dropOwned: true, reassignOwnedTo: 'postgres' }) }), /PGTLS-P97: the removal of role 'r' has both/],
  ['an heir that is not declared', (db) => db.addRole('r', { state: DeclaredState.absent({ reassignOwnedTo: 'x' }) }), /PGTLS-P97: .* gives its objects to role 'x', which is not declared/],
  ['a database removed without a decision', (db) => db.addDatabase('orders', { state: DeclaredState.absent({}) }), /PGTLS-P97: the removal of database 'orders' does not state that its data is deleted/],
  ['a database with the decision of a role', (db) => db.addDatabase('orders', { state: DeclaredState.absent({ deleteData: true, dropOwned: true }) }), /PGTLS-P97: the removal of database 'orders' has dropOwned/],
  ['a parameter of the server', (db) => db.addRole('r', { settings: { max_connections: '10' } }), /PGTLS-P99: role 'r': parameter 'max_connections' can only be set for the whole server/],
  ['an unknown parameter', (db) => db.addDatabase('orders', { settings: { work_memory: '1MB' } }), /PGTLS-P99: database 'orders': parameter 'work_memory' does not exist in PostgreSQL 18/],
  ['a value of the wrong type', (db) => db.addRole('r', { settings: { work_mem: 'many' } }), /PGTLS-P99: role 'r': parameter 'work_mem' has the value 'many', which is not a number/],
  ['a parameter set and reset', (db) => db.addRole('r', { settings: { work_mem: '1MB' }, resetSettings: ['Work_Mem'] }), /PGTLS-P99: role 'r': parameter 'Work_Mem' is set by settings as well/],
  ['a negative limit', (db) => db.addRole('r', { connectionLimit: -1 }), /PGTLS-P99: role 'r': connectionLimit -1 is not a whole number from 0/],
  ['a time without a zone', (db) => db.addRole('r', { validUntil: '2027-01-01' }), /PGTLS-P99: role 'r': validUntil '2027-01-01' is not a time in ISO 8601 with a time zone/],
  ['a time that does not exist', (db) => db.addRole('r', { validUntil: '2027-13-01T00:00:00Z' }), /PGTLS-P99: role 'r': validUntil/],
  ['an address that is no network', (db) => db.addClient('orders', { addresses: ['10.0.0.1/8'] }), /PGTLS-P99: client 'orders': address '10.0.0.1\/8' has bits set to the right/],
  ['no addresses', (db) => db.addClient('orders', { addresses: [] }), /PGTLS-P99: client 'orders': has an empty list of addresses/],
  ['database and databases', (db) => { db.addDatabase('a'); db.addClient('r', { database: 'a', databases: ['a'], privileges: ClientPrivileges.readOnly() }); }, /PGTLS-P99: client 'r': has both database and databases/],
  ['schemas of an owner', (db) => db.addClient('orders', { schemas: ['public'] }), /PGTLS-P99: client 'orders': schemas is for readWrite and readOnly, not for owner/],
  ['a privilege of other objects', (db) => { db.addDatabase('a'); db.addClient('r', { database: 'a', privileges: ClientPrivileges.custom([PrivilegeGrant.onSequences([Privilege.INSERT])]) }); },
    /PGTLS-P99: client 'r': a sequence has no privilege INSERT; it has SELECT, UPDATE, USAGE/],
  ['options of a certificate beside a password', (db, chart) => db.addClient('orders', { password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 's', 's')), certificate: {} }),
    /PGTLS-P99: client 'orders': has options of a certificate, but logs in with a password/],
])('%s is refused', (_, declare, message, props = {}) => {
  const { chart, db } = databaseIn(props);
  declare(db, chart);
  const errors = refusal(chart).match(/PGTLS-[A-Z]\d{2,3}: /g) ?? [];
  expect(refusal(chart)).toMatch(message);
  expect(errors).toHaveLength(1);
});

test.each(['UTF8', 'utf-8', 'SQL_ASCII'])('names of any characters are possible in %s', (encoding) => {
  const { chart, db } = databaseIn({ init: { encoding, locale: DatabaseLocale.libc('C') } });
  db.addClient('grüße', { settings: { 'my.text': 'ü' } });
  expect(refusal(chart)).toBe('');
});

test('MAINTAIN is refused before 17', () => {
  const { chart, db } = databaseIn({ version: PostgresVersion.V16 });
  db.addDatabase('a');
  db.addClient('r', { database: 'a', privileges: ClientPrivileges.custom([PrivilegeGrant.onTables([Privilege.MAINTAIN])]) });
  expect(refusal(chart)).toMatch(/PGTLS-P99: client 'r': PostgreSQL 16 has no privilege MAINTAIN/);
});

test('a client with a certificate is refused without TLS, one with a password is not', () => {
  const { chart, db } = databaseIn({ tls: undefined });
  db.addClient('orders');
  expect(refusal(chart)).toMatch(/PGTLS-P98: client 'orders' logs in with a certificate, but TLS is off; set tls .*ClientPassword/);
  const other = databaseIn({ tls: undefined }, chartIn('demo', 'other', new App()));
  other.db.addClient('orders', { password: ClientPassword.fromSecret(Secret.fromSecretName(other.chart, 's', 's')) });
  expect(refusal(other.chart)).toBe('');
  expect(rowsOf(other.chart)).toContain('host orders orders all scram-sha-256');
});

test('an access rule that rejects everything leaves no place for clients', () => {
  const { chart, db } = databaseIn({ accessRules: [AccessRule.host({ method: AccessMethod.reject() })] });
  db.addClient('orders');
  expect(refusal(chart)).toMatch(/PGTLS-P14: the rule 'hostssl orders orders all cert' is never reached/);
});
