import * as fc from 'fast-check';
import { parse as parseNode } from 'pg-connection-string';
import {
  djangoDatabase, hibernateProperties, jdbcProperties, jdbcUrl, libPqDsn, libpqDsn, libpqEnvironment, libpqUri, nodePostgresUri, npgsqlConnectionString, parseConnection,
  serviceFileSection, springProperties, sqlAlchemyUrl, sqlxUrl, targetFaults, tokioPostgresDsn, type ConnectionTarget,
} from '../../src/postgresql';
import { RANDOM_TARGET } from '../support/random-target';

const BASE: ConnectionTarget = {
  hosts: ['orders-db.orders.svc'], port: 5432, database: 'orders', user: 'orders', tls: true, caFile: '/pg/trust/ca.crt',
  identity: { certificateFile: '/pg/client/tls.crt', keyFile: '/pg/client/tls.key' },
};
const PASSWORD: ConnectionTarget = { ...BASE, identity: undefined, password: 'p w' };
const SEVERAL: ConnectionTarget = { ...BASE, hosts: ['a.svc', '10.0.0.1', 'fd00::1'], sessionAttributes: 'read-write' };

const isDot = ({ database }: ConnectionTarget): boolean => database === '.' || database === '..';

function holds(target: fc.Arbitrary<ConnectionTarget>, check: (target: ConnectionTarget) => void): void {
  fc.assert(fc.property(target, check), { numRuns: 500, seed: 20261128 });
}

describe('texts', () => {
  test('libpq', () => {
    expect(libpqDsn(BASE)).toBe('host=orders-db.orders.svc port=5432 dbname=orders user=orders sslmode=verify-full sslrootcert=/pg/trust/ca.crt sslcert=/pg/client/tls.crt sslkey=/pg/client/tls.key');
    expect(libpqUri(SEVERAL)).toBe('postgresql://orders@a.svc:5432,10.0.0.1:5432,[fd00::1]:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key&target_session_attrs=read-write');
    expect(libpqDsn(PASSWORD)).toBe("host=orders-db.orders.svc port=5432 dbname=orders user=orders password='p w' sslmode=verify-full sslrootcert=/pg/trust/ca.crt channel_binding=require");
    expect(libpqUri({ ...PASSWORD, tls: false, caFile: undefined })).toBe('postgresql://orders:p%20w@orders-db.orders.svc:5432/orders?sslmode=disable');
    expect(libpqDsn({ ...BASE, caFile: undefined })).toContain('sslrootcert=system');
    expect(libpqEnvironment(SEVERAL)).toEqual({
      PGHOST: 'a.svc,10.0.0.1,fd00::1', PGPORT: '5432', PGDATABASE: 'orders', PGUSER: 'orders', PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/pg/trust/ca.crt',
      PGSSLCERT: '/pg/client/tls.crt', PGSSLKEY: '/pg/client/tls.key', PGTARGETSESSIONATTRS: 'read-write',
    });
    expect(libpqEnvironment(PASSWORD)).toEqual(expect.objectContaining({ PGPASSWORD: 'p w' }));
    expect(serviceFileSection('orders', PASSWORD)).toBe('[orders]\nhost=orders-db.orders.svc\nport=5432\ndbname=orders\nuser=orders\nsslmode=verify-full\nsslrootcert=/pg/trust/ca.crt\nchannel_binding=require\n');
  });

  test('lib/pq, which connects with none of its environment variables that it does not support', () => {
    expect(libPqDsn(PASSWORD)).not.toContain('channel_binding');
    // Source: lib/pq 1.12.3, Config.fromEnv.
    const refused = ['PGREQUIRESSL', 'PGSSLCOMPRESSION', 'PGREALM', 'PGGSSENCMODE', 'PGGSSDELEGATION', 'PGGSSLIB', 'PGREQUIREAUTH', 'PGCHANNELBINDING', 'PGSSLCERTMODE', 'PGSSLCRL', 'PGSSLCRLDIR', 'PGREQUIREPEER'];
    expect([BASE, PASSWORD, SEVERAL].flatMap((target) => Object.keys(libpqEnvironment(target))).filter((name) => refused.includes(name))).toEqual([]);
  });

  test('pgjdbc', () => {
    expect(jdbcUrl(SEVERAL)).toBe('jdbc:postgresql://a.svc:5432,10.0.0.1:5432,[fd00::1]:5432/orders?user=orders&sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key&pemKeyAlgorithm=EC&targetServerType=primary');
    expect(jdbcProperties({ ...BASE, identity: { ...BASE.identity!, derKeyFile: '/pg/client/key.der' } })).toEqual({
      user: 'orders', sslmode: 'verify-full', sslrootcert: '/pg/trust/ca.crt', sslcert: '/pg/client/tls.crt', sslkey: '/pg/client/key.der',
    });
    expect(jdbcProperties({ ...PASSWORD, caFile: undefined })).toEqual({
      user: 'orders', password: 'p w', sslmode: 'verify-full', sslfactory: 'org.postgresql.ssl.DefaultJavaSSLFactory', channelBinding: 'require',
    });
    expect(springProperties(PASSWORD)).toEqual({
      'spring.datasource.url': 'jdbc:postgresql://orders-db.orders.svc:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&channelBinding=require',
      'spring.datasource.username': 'orders', 'spring.datasource.password': 'p w',
    });
    expect(Object.keys(hibernateProperties(BASE))).toEqual(['jakarta.persistence.jdbc.url', 'jakarta.persistence.jdbc.user']);
  });

  test('Npgsql', () => {
    expect(npgsqlConnectionString(SEVERAL)).toBe('Host="a.svc,10.0.0.1,[fd00::1]";Port=5432;Database=orders;Username=orders;SSL Mode=VerifyFull;Root Certificate=/pg/trust/ca.crt;SSL Certificate=/pg/client/tls.crt;SSL Key=/pg/client/tls.key;Target Session Attributes=read-write');
    expect(npgsqlConnectionString({ ...PASSWORD, password: 'a"b;c' })).toContain('Password="a""b;c";');
    expect(npgsqlConnectionString(PASSWORD)).toMatch(/;Channel Binding=Require$/);
  });

  test('Rust', () => {
    expect(tokioPostgresDsn(SEVERAL)).toBe('host=a.svc,10.0.0.1,fd00::1 port=5432 dbname=orders user=orders sslmode=require target_session_attrs=read-write');
    expect(tokioPostgresDsn({ ...PASSWORD, tls: false, caFile: undefined })).toMatch(/sslmode=disable$/);
    expect(sqlxUrl(PASSWORD)).toBe('postgresql://orders:p%20w@orders-db.orders.svc:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt');
  });

  test('Python', () => {
    expect(sqlAlchemyUrl(SEVERAL)).toMatch(/^postgresql\+psycopg:\/\/orders@\/orders\?host=a\.svc%2C10\.0\.0\.1%2Cfd00%3A%3A1&port=5432&sslmode=verify-full&/);
    expect(djangoDatabase(SEVERAL)).toEqual({
      ENGINE: 'django.db.backends.postgresql', NAME: 'orders', USER: 'orders', HOST: 'a.svc,10.0.0.1,fd00::1', PORT: '5432',
      OPTIONS: { sslmode: 'verify-full', sslrootcert: '/pg/trust/ca.crt', sslcert: '/pg/client/tls.crt', sslkey: '/pg/client/tls.key', target_session_attrs: 'read-write' },
    });
  });
});

describe('any text comes back', () => {
  test('from name=value pairs', () => holds(RANDOM_TARGET, (target) => {
    const { hosts, port, database, user, password, caFile, identity } = target;
    const wanted = {
      host: hosts[0], port: String(port), dbname: database, user, ...(password === undefined ? {} : { password }), sslmode: 'verify-full', sslrootcert: caFile,
      ...(identity === undefined ? {} : { sslcert: identity.certificateFile, sslkey: identity.keyFile }),
    };
    expect(pairs(libPqDsn(target))).toEqual(wanted);
    expect(pairs(libpqDsn(target))).toEqual({ ...wanted, ...(password === undefined ? {} : { channel_binding: 'require' }) });
  }));

  test('from URIs', () => holds(RANDOM_TARGET.filter((target) => !isDot(target)), (target) => {
    const { hosts, port, database, user, password, caFile } = target;
    for (const text of [libpqUri(target), sqlxUrl(target)]) {
      const url = new URL(text);
      const [, name] = /^postgresql:\/\/[^/]*\/([^?]*)\?/.exec(text)!;
      expect([url.hostname.replace(/^\[|\]$/g, ''), url.port, decodeURIComponent(url.username), decodeURIComponent(url.password), decodeURIComponent(name!), url.searchParams.get('sslrootcert')])
        .toEqual([hosts[0], String(port), user, password ?? '', database, caFile]);
    }
  }));

  test('from the connection string of node-postgres', () => holds(RANDOM_TARGET.filter((target) => !isDot(target) && !/[?#]/.test(target.database)), (target) => {
    // The parser reads files; their names come back in the error or, here, from the same text without them.
    const { hosts, port, database, user, password } = target;
    const parsed = parseNode(nodePostgresUri({ ...target, caFile: undefined, identity: undefined }));
    expect(parsed).toEqual(expect.objectContaining({ host: hosts[0], port: String(port), database, user, password: password ?? '', sslmode: 'verify-full', ssl: {} }));
    const query = new URL(nodePostgresUri(target)).searchParams;
    expect([query.get('sslrootcert'), query.get('sslcert'), query.get('sslkey')]).toEqual([target.caFile, target.identity?.certificateFile ?? null, target.identity?.keyFile ?? null]);
  }));

  test('from JDBC URLs, which java.net.URLDecoder reads', () => holds(RANDOM_TARGET, (target) => {
    const [, database, query] = /^jdbc:postgresql:\/\/[^/]+\/([^?]*)\?(.*)$/.exec(jdbcUrl(target))!;
    const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
    expect(decode(database!)).toBe(target.database);
    expect(Object.fromEntries(query!.split('&').map((pair) => pair.split('=').map(decode)))).toEqual(jdbcProperties(target));
  }));

  test('from the connection string of Npgsql', () => holds(RANDOM_TARGET, (target) => {
    const found = Object.fromEntries([...npgsqlConnectionString(target).matchAll(/([^=;]+)=(?:"((?:[^"]|"")*)"|([^;]*))(?:;|$)/g)]
      .map(([, name, quoted, bare]) => [name, quoted?.replaceAll('""', '"') ?? bare]));
    expect(found).toEqual(expect.objectContaining({
      'Database': target.database, 'Username': target.user, 'Root Certificate': target.caFile,
      ...(target.password === undefined ? {} : { 'Password': target.password }), ...(target.identity === undefined ? {} : { 'SSL Key': target.identity.keyFile }),
    }));
  }));

  test('from a service file, unless the file cannot hold it', () => holds(RANDOM_TARGET, (target) => {
    const values = [target.database, target.user, target.caFile!, ...(target.identity === undefined ? [] : [target.identity.certificateFile, target.identity.keyFile])];
    if (values.some((value) => value !== value.trim() || /[\r\n]/.test(value))) {
      expect(() => serviceFileSection('s', target)).toThrow(/the file keeps no line break and no space at either end/);
    } else {
      const lines = serviceFileSection('s', target).split('\n').slice(1, -1).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
      expect(Object.fromEntries(lines)).toEqual(expect.objectContaining({ dbname: target.database, user: target.user, sslrootcert: target.caFile }));
    }
  }));
});

test('the rules of this package read what is written for libpq', () => {
  const expected = { host: BASE.hosts[0], port: '5432', user: 'orders', dbname: 'orders', sslmode: 'verify-full', sslrootcert: BASE.caFile, sslcert: '/pg/client/tls.crt', sslkey: '/pg/client/tls.key' };
  expect([libpqUri(BASE), libpqDsn(BASE), nodePostgresUri(BASE), sqlAlchemyUrl(BASE)].map(parseConnection)).toEqual(Array(4).fill(expected));
});

describe('what a driver has no syntax for is an error', () => {
  test.each<[string, () => string, RegExp]>([
    ['several hosts for node-postgres', () => nodePostgresUri(SEVERAL), /^node-postgres: hosts has 3 hosts, and node-postgres connects to one; give a Service/],
    ['several hosts for sqlx', () => sqlxUrl(SEVERAL), /^sqlx: hosts has 3 hosts/],
    ['a kind of session for node-postgres', () => nodePostgresUri({ ...BASE, sessionAttributes: 'primary' }), /^node-postgres: sessionAttributes is 'primary', which node-postgres does not check/],
    ['a kind of session for sqlx', () => sqlxUrl({ ...BASE, sessionAttributes: 'primary' }), /^sqlx: sessionAttributes is 'primary'/],
    ['a kind of session for tokio-postgres', () => tokioPostgresDsn({ ...BASE, sessionAttributes: 'standby' }), /^tokio-postgres: sessionAttributes is 'standby', which tokio-postgres does not know; give 'read-write' or 'read-only'/],
    ['a kind of session with one host for Npgsql', () => npgsqlConnectionString({ ...BASE, sessionAttributes: 'primary' }), /^Npgsql: sessionAttributes is 'primary' with one host, which Npgsql refuses/],
    ['a database with ? for node-postgres', () => nodePostgresUri({ ...BASE, database: 'a?' }), /^node-postgres: database 'a\?' has a '\?' or '#'/],
    ['a database .. for node-postgres', () => nodePostgresUri({ ...BASE, database: '..' }), /^node-postgres: database is '\.\.', which a URL cannot hold as a path/],
    ['a database . for sqlx', () => sqlxUrl({ ...BASE, database: '.' }), /^sqlx: database is '\.'/],
    ['public CAs and a certificate for pgjdbc', () => jdbcUrl({ ...BASE, caFile: undefined }), /^pgjdbc: caFile is not given: public CAs come from the trust store of Java/],
    ['the name of a section', () => serviceFileSection('a b', BASE), /^pg_service\.conf: name of a section is 'a b'/],
  ])('%s', (_, write, message) => {
    expect(write).toThrow(message);
  });
});

test('what no driver can connect with', () => {
  expect(targetFaults(BASE)).toEqual([]);
  expect(targetFaults(SEVERAL)).toEqual([]);
  const broken: ConnectionTarget = { hosts: ['a,b', '/run/postgresql'], port: 0, database: '', user: 'a\0', tls: false, caFile: '/ca', identity: BASE.identity, password: '\ud800' };
  expect(targetFaults(broken).map((fault) => fault.split(',')[0])).toEqual([
    expect.stringMatching(/^hosts has 'a/), expect.stringMatching(/^hosts has '\/run\/postgresql'/), expect.stringMatching(/^port is 0; give a TCP port/),
    expect.stringMatching(/^database is empty/), expect.stringMatching(/^user has a NUL character/), expect.stringMatching(/^password has half of a surrogate pair/),
    'caFile is given', 'certificateFile is given',
  ]);
  expect(targetFaults({ ...BASE, hosts: [] })).toEqual([expect.stringMatching(/^hosts is empty/)]);
});

/** A reader of `name=value` pairs with libpq's rules. */
function pairs(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/(\w+)=(?:'((?:[^'\\]|\\[^])*)'|((?:[^\s'\\]|\\[^])*))(?:\s|$)/g)]
    .map(([, name, quoted, bare]) => [name, (quoted ?? bare ?? '').replace(/\\([^])/g, '$1')]));
}
