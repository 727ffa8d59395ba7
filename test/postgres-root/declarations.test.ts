import { Secret } from 'cdk8s-plus-27';
import { ClientPassword, ClientPrivileges, DatabaseLocale, DeclaredState, PostgresVersion, Privilege, PrivilegeGrant } from '../../src';
import { find, type LocalSecret } from '../local';
import { eventually } from '../support/eventually';
import { VERSIONS } from '../support/versions';
import { Declared, documentsOf, type Declare, type DeclaredOptions } from './declared';
import { busyBox, demandSystem } from './support';

demandSystem();

const SHOP: Declare = (db) => {
  db.addDatabase('orders', { schemas: [{ name: 'app' }], extensions: [{ name: 'pg_trgm' }], connectionLimit: 50, settings: { timezone: 'UTC', search_path: 'app, public' } });
  db.addDatabase('stock', { owner: 'warehouse' });
  db.addRole('warehouse');
  db.addClient('orders', { connectionLimit: 20, settings: { statement_timeout: '30s', search_path: '' }, resetSettings: ['work_mem'] });
  db.addClient('shop', { databases: ['orders', 'stock'], privileges: ClientPrivileges.readWrite() });
  db.addClient('reports', { database: 'orders', privileges: ClientPrivileges.readOnly(), inRoles: ['pg_monitor'] });
  db.addClient('picker', {
    database: 'orders',
    privileges: ClientPrivileges.custom([
      PrivilegeGrant.onSchema([Privilege.USAGE], 'app'), PrivilegeGrant.onTables([Privilege.SELECT, Privilege.TRUNCATE], { schema: 'app', names: ['parcels'] }),
    ]),
  });
};

// Images of Alpine have the shell and the tools of BusyBox.
const NOTHING: DeclaredOptions = {};
const SERVERS = [...VERSIONS.map((version) => ({ title: `PostgreSQL ${version.major}`, version, options: NOTHING })), { title: 'PostgreSQL 18 with BusyBox', version: PostgresVersion.V18, options: { imageEnv: busyBox(18) } }];

describe.each(SERVERS)('$title', ({ version, options }) => {
  let server: Declared;

  beforeAll(async () => {
    server = await Declared.start(version, SHOP, options);
    await server.logs(/reloaded, serving/);
  });
  afterAll(() => server?.stop());

  test('has databases, owners, schemas, extensions, settings and limits as declared', async () => {
    expect(server.reloader.logs).not.toMatch(/refused|cannot/);
    expect(await server.inPod("SELECT datname, pg_get_userbyid(datdba), datconnlimit FROM pg_database WHERE datname IN ('orders', 'stock') ORDER BY 1")).toBe('orders|orders|50\nstock|warehouse|-1');
    expect(await server.inPod('SELECT nspname, pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname IN (\'app\', \'public\') ORDER BY 1', 'orders')).toBe('app|orders\npublic|pg_database_owner');
    expect(await server.inPod("SELECT extname, extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_trgm'", 'orders')).toBe('pg_trgm|public');
    expect(await server.inPod('SELECT coalesce(datname, rolname), entry FROM pg_db_role_setting CROSS JOIN unnest(setconfig) AS entry LEFT JOIN pg_database ON pg_database.oid = setdatabase LEFT JOIN pg_roles ON pg_roles.oid = setrole ORDER BY 1, entry COLLATE "C"'))
      .toBe('orders|TimeZone=UTC\norders|search_path=""\norders|search_path=app, public\norders|statement_timeout=30s');
    expect(await server.inPod("SELECT rolname, rolcanlogin, rolconnlimit, rolsuper, rolpassword IS NULL FROM pg_authid WHERE rolname !~ '^(pg_|postgres)' ORDER BY 1"))
      .toBe('orders|t|20|f|t\npicker|t|-1|f|t\nreports|t|-1|f|t\nshop|t|-1|f|t\nwarehouse|f|-1|f|t');
    expect(await server.database.pod.probe('reloader', 'readiness')).toBe(true);
  });

  test(`the scripts run in ${options === NOTHING ? 'the shell of this system' : 'that of BusyBox'}`, async () => {
    const { stdout } = await server.database.pod.exec('reloader', ['sh', '-c', 'readlink /proc/$$$$/exe; readlink -f "$(command -v timeout)"']);
    expect(stdout.match(/busybox/g) ?? []).toHaveLength(options === NOTHING ? 0 : 2);
  });

  test('lets each client in with its own certificate, to its databases and no other', async () => {
    for (const [user, database] of [['orders', 'orders'], ['shop', 'orders'], ['shop', 'stock'], ['reports', 'orders']] as const) {
      expect(await server.ask(user, database, 'SELECT current_user::text AS me')).toEqual([{ me: user }]);
    }
    for (const [user, database] of [['orders', 'stock'], ['reports', 'stock'], ['orders', 'postgres'], ['warehouse', 'stock'], ['postgres', 'orders']] as const) {
      expect(await server.tries(user, database, 'SELECT 1')).toMatch(/pg_hba.conf rejects connection/);
    }
    expect(await server.tries('orders', 'orders', 'SELECT 1', { certificate: await server.certificate('shop') })).toMatch(/certificate authentication failed/);
  });

  test('the owner creates, the others read and write as declared, also what is created later', async () => {
    await server.ask('orders', 'orders', 'CREATE TABLE app.rows (id serial PRIMARY KEY, text text); INSERT INTO app.rows (text) VALUES (\'a\'); CREATE VIEW app.seen AS SELECT * FROM app.rows; CREATE TABLE app.parcels (id int)');
    const tries = (user: string, sql: string) => server.tries(user, 'orders', sql);
    expect(await tries('shop', "INSERT INTO app.rows (text) VALUES ('b'); UPDATE app.rows SET text = 'c'; DELETE FROM app.rows WHERE id = 2; CREATE TEMP TABLE t ()")).toBe('ok');
    expect(await tries('reports', 'SELECT * FROM app.rows; SELECT * FROM app.seen')).toBe('ok');
    expect(await tries('reports', 'DELETE FROM app.rows')).toBe('permission denied for table rows');
    expect(await tries('reports', "SELECT nextval('app.rows_id_seq')")).toBe('permission denied for sequence rows_id_seq');
    expect(await tries('reports', 'CREATE TEMP TABLE t ()')).toMatch(/permission denied to create temporary tables/);
    expect(await tries('shop', 'TRUNCATE app.rows')).toBe('permission denied for table rows');
    for (const user of ['shop', 'reports', 'picker']) {
      expect(await tries(user, 'CREATE TABLE app.own ()')).toBe('permission denied for schema app');
      expect(await tries(user, 'CREATE TABLE public.own ()')).toBe('permission denied for schema public');
      expect(await tries(user, 'CREATE SCHEMA own')).toBe('permission denied for database orders');
    }
    expect(await tries('picker', 'SELECT * FROM app.rows')).toBe('permission denied for table rows');
    // A grant by name is for a table that exists: the reloader looks again at every check.
    await eventually(async () => { expect(await tries('picker', 'SELECT * FROM app.parcels; TRUNCATE app.parcels')).toBe('ok'); }, 15_000);
    expect(await server.tries('shop', 'stock', 'CREATE TABLE public.own ()')).toBe('permission denied for schema public');
  });

  test('declared a second time nothing is written', async () => {
    await server.declare(SHOP);
    const before = await server.state(['orders', 'stock']);
    await server.declare(SHOP);
    expect(await server.state(['orders', 'stock'])).toEqual(before);
  });

  test('a client is added, and privileges change, without an end of open sessions', async () => {
    const open = await server.database.connect(await server.login('orders', 'orders'));
    const { rows: [before] } = await open.query('SELECT pg_backend_pid() AS pid');
    await server.declare((db, chart) => {
      SHOP(db, chart);
      db.addClient('audit', { database: 'orders', privileges: ClientPrivileges.readOnly(), schemas: ['app'] });
    });
    expect(await server.tries('audit', 'orders', 'SELECT * FROM app.rows')).toBe('ok');
    expect(await server.tries('audit', 'orders', 'DELETE FROM app.rows')).toBe('permission denied for table rows');
    await server.declare((db, chart) => {
      SHOP(db, chart);
      db.addClient('audit', { database: 'orders', privileges: ClientPrivileges.custom([PrivilegeGrant.onSchema([Privilege.USAGE], 'app'), PrivilegeGrant.onTables([Privilege.DELETE], { schema: 'app' })]) });
    });
    expect(await server.tries('audit', 'orders', 'SELECT * FROM app.rows')).toBe('permission denied for table rows');
    expect(await server.tries('audit', 'orders', 'DELETE FROM app.rows')).toBe('ok');
    await open.query('CREATE TABLE app.newer (id int)');
    expect(await server.tries('audit', 'orders', 'SELECT * FROM app.newer')).toBe('permission denied for table newer');
    expect(await server.tries('audit', 'orders', 'DELETE FROM app.newer')).toBe('ok');
    expect((await open.query('SELECT pg_backend_pid() AS pid')).rows).toEqual([before]);
    await open.end();
  });

  test('what is refused is a problem in the log and of readiness, and the rest is done', async () => {
    const seen = server.change((db, chart) => {
      SHOP(db, chart);
      db.addDatabase('broken', { extensions: [{ name: 'no_such_extension' }, { name: 'pg_trgm' }], schemas: [{ name: 'late' }] });
      db.addClient('late', { database: 'broken', privileges: ClientPrivileges.readWrite() });
    });
    await server.logs(/refused in database broken, retrying: ERROR: {2}.*no_such_extension.*CREATE EXTENSION no_such_extension/, seen);
    expect(await server.database.pod.probe('reloader', 'readiness')).toBe(false);
    expect((await server.database.pod.exec('reloader', ['sh', '-c', 'cat "$PROBLEM_FILE"'])).stdout.trim().split('\n')).toEqual([expect.stringContaining('no_such_extension')]);
    expect(await server.inPod("SELECT extname FROM pg_extension WHERE extname = 'pg_trgm'", 'broken')).toBe('pg_trgm');
    expect(await server.ask('late', 'broken', "SELECT has_schema_privilege('late', 'usage') AS may")).toEqual([{ may: true }]);
    await server.declare(SHOP);
    expect(await server.database.pod.probe('reloader', 'readiness')).toBe(true);
    // Nothing is dropped because it is no longer declared, and the client has no row.
    expect(await server.inPod("SELECT count(*) FROM pg_database WHERE datname = 'broken'")).toBe('1');
    expect(await server.tries('late', 'broken', 'SELECT 1')).toMatch(/pg_hba.conf rejects connection/);
  });

  test('names of any characters are quoted', async () => {
    const owners = [
      '"weird; DROP', "it's", 'back\\slash', 'grüße 🐘 %I', '$$;\'";--', '-dash', '+plus', '@at', '/slash.*', 'all of it', '"all"', 'ü'.repeat(31), 'x'.repeat(63), "dbname=postgres host='x'",
      ':declared :\'everything\'',
    ];
    const schemaOf = (name: string): string => `s${[...name].slice(0, 15).join('')}`;
    const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
    const declare: Declare = (db, chart) => {
      SHOP(db, chart);
      for (const name of owners) {
        db.addClient(name);
        db.addDatabase(name, { schemas: [{ name: schemaOf(name) }], settings: { 'my.name': name } });
      }
      db.addClient('sameuser', { database: '"all"', privileges: ClientPrivileges.readOnly() });
    };
    const seen = server.change(declare);
    await server.logs(/reloaded, serving/, seen);
    expect(server.reloader.logs.slice(seen)).not.toMatch(/refused|cannot/);
    for (const name of owners) {
      expect(await server.ask(name, name, "SELECT current_user::text AS me, current_database()::text AS here, current_setting('my.name') AS setting")).toEqual([{ me: name, here: name, setting: name }]);
      expect(await server.tries(name, name, `CREATE TABLE ${quoted(schemaOf(name))}.${quoted(name)} ()`)).toBe('ok');
      expect(await server.tries(name, 'orders', 'SELECT 1')).toMatch(/pg_hba.conf rejects connection/);
    }
    expect(await server.tries('sameuser', '"all"', `SELECT * FROM ${quoted(schemaOf('"all"'))}.${quoted('"all"')}`)).toBe('ok');
    expect(await server.tries('sameuser', 'sameuser', 'SELECT 1')).toMatch(/pg_hba.conf rejects connection/);
    expect(await server.tries('/slashes', '/slash.*', 'SELECT 1')).toMatch(/pg_hba.conf rejects connection/);
    const databases = ['orders', ...owners.slice(0, 6)];
    await server.declare(declare);
    const before = await server.state(databases);
    await server.declare(declare);
    expect(await server.state(databases)).toEqual(before);
  }, 120_000);
});

const CLUSTER = [PostgresVersion.V14, PostgresVersion.V16, PostgresVersion.V18];

describe.each(CLUSTER)('what is removed and changed on PostgreSQL $major', (version) => {
  const before: Declare = (db) => {
    db.addClient('orders');
    db.addClient('old', { database: 'legacy' });
    db.addClient('reports', { database: 'orders', privileges: ClientPrivileges.readOnly(), inRoles: ['orders-readers', 'pg_monitor'] });
    db.addRole('orders-readers');
  };
  let server: Declared;

  beforeAll(async () => {
    server = await Declared.start(version, before);
    await server.logs(/reloaded, serving/);
  });
  afterAll(() => server?.stop());

  test('a removed role ends its sessions and leaves what it owns to the heir, in every database', async () => {
    await server.ask('old', 'legacy', 'CREATE TABLE public.kept (id int); CREATE SCHEMA own');
    await server.inPod('CREATE DATABASE undeclared OWNER old');
    await server.inPod('CREATE TABLE public.mine (); ALTER TABLE public.mine OWNER TO old; GRANT SELECT ON public.mine TO reports', 'undeclared');
    const open = await server.database.connect(await server.login('old', 'legacy'));
    await server.declare((db) => {
      db.addClient('orders');
      db.addDatabase('legacy', { owner: 'orders' });
      db.addClient('old', { state: DeclaredState.absent({ reassignOwnedTo: 'orders' }) });
      db.addClient('reports', { state: DeclaredState.absent({ dropOwned: true }) });
      db.addRole('orders-readers');
    });
    await expect(open.query('SELECT 1')).rejects.toThrow();
    expect(await server.inPod("SELECT rolname FROM pg_roles WHERE rolname !~ '^(pg_|postgres)' ORDER BY 1")).toBe('orders\norders-readers');
    expect(await server.inPod("SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'", 'legacy')).toBe('kept|orders');
    expect(await server.inPod("SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'", 'undeclared')).toBe('mine|orders');
    expect(await server.inPod("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'undeclared'")).toBe('orders');
  });

  test('a removed database is dropped with its open sessions', async () => {
    await server.inPod('SELECT 1', 'legacy');
    await server.declare((db) => {
      db.addClient('orders');
      db.addDatabase('legacy', { state: DeclaredState.absent({ deleteData: true }) });
    });
    expect(await server.inPod("SELECT count(*) FROM pg_database WHERE datname = 'legacy'")).toBe('0');
  });

  test('attributes and memberships that were changed by hand are as declared again within some checks, without a change of the manifest', async () => {
    await server.declare(before);
    const state = "SELECT rolname, rolsuper, rolcreatedb, rolconnlimit, (SELECT string_agg(roleid::regrole::text, ',' ORDER BY roleid::regrole::text) FROM pg_auth_members WHERE member = pg_roles.oid) FROM pg_roles WHERE rolname = 'reports'";
    const declared = 'reports|f|f|-1|"orders-readers",pg_monitor';
    expect(await server.inPod(state)).toBe(declared);
    await server.inPod('ALTER ROLE reports SUPERUSER CREATEDB CONNECTION LIMIT 3; GRANT pg_read_all_data, orders TO reports; REVOKE "orders-readers" FROM reports');
    await eventually(async () => { expect(await server.inPod(state)).toBe(declared); }, 20_000);
    await server.inPod('DROP OWNED BY "orders-readers"; DROP ROLE "orders-readers"');
    await eventually(async () => { expect(await server.inPod(state)).toBe(declared); }, 20_000);
  });

  test('a role that has ended may not log in, and may again when the end is moved', async () => {
    const until = (time: Date): Declare => (db) => { db.addClient('orders', { validUntil: time.toISOString() }); };
    await server.declare(until(new Date(Date.now() + 8000)));
    expect(await server.tries('orders', 'orders', 'SELECT 1')).toBe('ok');
    await eventually(async () => { expect(await server.tries('orders', 'orders', 'SELECT 1')).toBe('role "orders" is not permitted to log in'); }, 30_000);
    await server.declare(until(new Date(Date.now() + 3_600_000)));
    expect(await server.tries('orders', 'orders', 'SELECT 1')).toBe('ok');
  });

  test('members of the owner create for the readers too, as themselves or as the owner', async () => {
    await server.declare((db, chart) => {
      before(db, chart);
      db.addClient('migrations', { database: 'orders', privileges: ClientPrivileges.custom([]), inRoles: ['orders'] });
      db.addClient('jobs', { database: 'orders', privileges: ClientPrivileges.custom([]), inRoles: ['orders'], settings: { role: 'orders' } });
    });
    for (const user of ['migrations', 'jobs']) {
      await server.ask(user, 'orders', `CREATE TABLE public.of_${user} (id int)`);
      expect(await server.tries('reports', 'orders', `SELECT * FROM public.of_${user}`)).toBe('ok');
      expect(await server.tries('reports', 'orders', `DELETE FROM public.of_${user}`)).toBe(`permission denied for table of_${user}`);
    }
    expect(await server.inPod("SELECT tablename, tableowner FROM pg_tables WHERE tablename LIKE 'of\\_%' ORDER BY 1", 'orders')).toBe('of_jobs|orders\nof_migrations|migrations');
  });

  test('the owner of a database cannot make the superuser run its functions, or stop the declarations with settings', async () => {
    await server.declare(before);
    await server.ask('orders', 'orders', `
      CREATE FUNCTION public.format(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS $$ SELECT 'ALTER ROLE orders SUPERUSER'::text $$;
      CREATE FUNCTION public.aclexplode(text) RETURNS text LANGUAGE sql AS 'SELECT 1::text';
      CREATE TABLE public.pg_roles (rolname text);
      ALTER DATABASE orders SET search_path = public, pg_catalog;
      ALTER DATABASE orders SET default_transaction_read_only = on;
      ALTER DATABASE orders SET standard_conforming_strings = off;
    `.replaceAll('\n', ' '));
    const seen = server.reloader.logs.length;
    await server.declare((db, chart) => {
      before(db, chart);
      db.addDatabase('orders', { schemas: [{ name: 'back\\slash' }] });
    });
    expect(server.reloader.logs.slice(seen)).not.toMatch(/refused|cannot/);
    expect(await server.inPod("SELECT rolsuper FROM pg_roles WHERE rolname = 'orders'")).toBe('f');
    expect(await server.inPod("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname LIKE 'back%'", 'orders')).toBe('back\\slash');
  });

  test('a lock that another session holds stops one statement and no other', async () => {
    await server.declare(before);
    const session = server.database.pod.exec('reloader', ['psql', '-X', '-q', '-c', 'BEGIN', '-c', 'ALTER ROLE reports CONNECTION LIMIT 7', '-c', 'SELECT pg_sleep(12)', '-c', 'ROLLBACK']);
    await eventually(async () => { expect(await server.inPod("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(12)'")).toBe('1'); });
    const seen = server.change((db) => {
      db.addClient('orders');
      db.addRole('orders-readers');
      db.addClient('reports', { database: 'orders', privileges: ClientPrivileges.readOnly(), inRoles: ['orders-readers', 'pg_monitor'], connectionLimit: 9 });
      db.addClient('second', { database: 'second' });
    });
    await server.logs(/refused in database postgres, retrying: ERROR: {2}canceling statement due to lock timeout \(ALTER ROLE reports CONNECTION LIMIT 9\)/, seen);
    expect(await server.tries('second', 'second', 'SELECT 1')).toBe('ok');
    await session;
    await server.logs(/reloaded, serving/, seen);
    expect(await server.inPod("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'reports'")).toBe('9');
  });

  test('what an extension has made keeps the privileges that the extension gives', async () => {
    await server.declare((db, chart) => {
      before(db, chart);
      db.addDatabase('orders', { extensions: [{ name: 'pg_stat_statements' }] });
    });
    expect(await server.inPod("SELECT count(*) FROM pg_class, aclexplode(relacl) WHERE relname = 'pg_stat_statements' AND grantee = 'reports'::regrole", 'orders')).toBe('0');
  });
});

describe.each([SERVERS[0]!, ...SERVERS.slice(-2)])('a client with a password on $title', ({ version, options }) => {
  const withPassword: Declare = (db, chart) => {
    db.addClient('orders');
    db.addClient('le"gacy', { database: 'orders', privileges: ClientPrivileges.readOnly(), password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 'secret', 'legacy-login')) });
  };
  const secretOf = (password: string): LocalSecret => ({ name: 'legacy-login', data: { password } });
  let server: Declared;

  beforeAll(async () => {
    // Even a server that logs every statement, with its duration, and every statement that fails.
    const parameters = { log_statement: 'all', log_min_duration_statement: '0', log_min_error_statement: 'debug5', log_duration: 'on', autovacuum: 'off' };
    server = await Declared.start(version, withPassword, { ...options, props: { parameters }, secrets: [secretOf('first')] });
    await server.logs(/reloaded, serving/);
  });
  afterAll(() => server?.stop());

  test('logs in with it over TLS, and no log has it', async () => {
    expect(await server.ask('le"gacy', 'orders', 'SELECT current_user::text AS me', { password: 'first' })).toEqual([{ me: 'le"gacy' }]);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'guess' })).toMatch(/password authentication failed/);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'first', tls: false })).toMatch(/pg_hba.conf rejects connection/);
    expect(await server.inPod("SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'le\"gacy'")).toBe('t');
    expect(server.database.server.logs).toMatch(/statement: GRANT .* ON DATABASE orders TO "le""gacy"/);
    expect(server.reloader.logs + server.database.server.logs).not.toMatch(/'first'|PASSWORD '|SCRAM-SHA-256\$\d/);
  });

  test('keeps its verifier while the Secret is the same, has a new one when it changes, and the old one when it is empty', async () => {
    const verifier = () => server.inPod("SELECT rolpassword FROM pg_authid WHERE rolname = 'le\"gacy'");
    const before = await verifier();
    await server.declare(withPassword);
    expect(await verifier()).toBe(before);
    let seen = server.reloader.logs.length;
    server.database.pod.updateSecret(secretOf('second'));
    await server.logs(/reloaded, serving/, seen);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'first' })).toMatch(/password authentication failed/);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'second' })).toBe('ok');
    seen = server.reloader.logs.length;
    server.database.pod.updateSecret(secretOf(''));
    await server.logs(/the password of role "le""gacy" is empty; keeping the previous one/, seen);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'second' })).toBe('ok');
    expect(await server.database.pod.probe('reloader', 'readiness')).toBe(false);
  });
});

test('an option that the server refuses leaves the reloader unready, as PGTLS-P99 has it', async () => {
  const server = await Declared.start(PostgresVersion.V18, (db) => { db.addClient('orders'); });
  try {
    await server.logs(/reloaded, serving/);
    const seen = server.reloader.logs.length;
    const configMap = find(documentsOf(PostgresVersion.V18, (db) => { db.addClient('orders', { settings: { work_mem: '1MB' } }); }), 'ConfigMap', 'db-config');
    const declarations = configMap.data!['declarations.json']!.replace('"work_mem"', '"shared_buffers"').replace('"1MB"', '"1GB"');
    server.database.pod.updateConfigMap({ ...configMap, data: { ...configMap.data, 'declarations.json': declarations } });
    await server.logs(/refused in database postgres, retrying: ERROR: {2}parameter "shared_buffers" cannot be changed without restarting the server/, seen);
    expect(await server.database.pod.probe('reloader', 'readiness')).toBe(false);
  } finally {
    await server.stop();
  }
});

describe.each(CLUSTER)('a database that does not accept connections on PostgreSQL $major', (version) => {
  const declare: Declare = (db) => {
    db.addClient('orders');
    db.addClient('stock');
    db.addClient('reports', { databases: ['orders', 'stock'], privileges: ClientPrivileges.readOnly() });
  };
  let server: Declared;

  beforeAll(async () => {
    server = await Declared.start(version, declare);
    await server.logs(/reloaded, serving/);
  });
  afterAll(() => server?.stop());

  test.each([
    ['closed by hand', 'ALTER DATABASE orders ALLOW_CONNECTIONS off', /refused in database orders, retrying: .*FATAL: {2}database "orders" is not currently accepting connections$/m, 'ALTER DATABASE orders ALLOW_CONNECTIONS on'],
    // Source: PostgreSQL src/include/catalog/pg_database.h, DATCONNLIMIT_INVALID_DB.
    ['half dropped', "UPDATE pg_database SET datconnlimit = -2 WHERE datname = 'orders'", /refused in database orders, retrying: .*FATAL: {2}cannot connect to invalid database "orders"$/m, "UPDATE pg_database SET datconnlimit = -1 WHERE datname = 'orders'"],
  ])('%s is a problem, and the other databases are as declared', async (title, close, problem, open) => {
    const later = `${title}, later`;
    await server.inPod(close);
    const seen = server.change((db, chart) => {
      declare(db, chart);
      for (const name of ['orders', 'stock']) { db.addDatabase(name, { schemas: [{ name: later }] }); }
    });
    await server.logs(problem, seen);
    // The round goes on to the other databases before it says so.
    await eventually(async () => { expect(await server.database.pod.probe('reloader', 'readiness')).toBe(false); });
    const schemas = (database: string) => server.inPod(`SELECT nspname FROM pg_namespace WHERE nspname = '${later}'`, database);
    // The databases are visited one by one.
    await eventually(async () => { expect(await schemas('stock')).toBe(later); });
    expect(await server.tries('stock', 'stock', 'SELECT 1')).toBe('ok');
    await server.inPod(open);
    await server.logs(/reloaded, serving/, seen);
    expect(await schemas('orders')).toBe(later);
  });

  test('one that is not declared stops the removal of a role that owns something in it, and nothing else', async () => {
    await server.declare((db, chart) => { declare(db, chart); db.addClient('old'); });
    await server.inPod('CREATE DATABASE closed');
    await server.inPod('CREATE TABLE public.kept (); ALTER TABLE public.kept OWNER TO old', 'closed');
    await server.inPod('ALTER DATABASE closed ALLOW_CONNECTIONS off');
    const seen = server.change((db, chart) => {
      declare(db, chart);
      db.addDatabase('old', { owner: 'orders' });
      db.addRole('old', { state: DeclaredState.absent({ reassignOwnedTo: 'orders' }) });
      db.addRole('newer');
    });
    await server.logs(/refused in database postgres, retrying: ERROR: {2}role "old" cannot be dropped .* \(DROP ROLE old\); 1 object in database closed/, seen);
    expect(await server.inPod("SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname IN ('old', 'newer') ORDER BY 1")).toBe('newer|f\nold|f');
    await server.inPod('ALTER DATABASE closed ALLOW_CONNECTIONS on');
    await server.logs(/reloaded, serving/, seen);
    expect(await server.inPod("SELECT tableowner FROM pg_tables WHERE tablename = 'kept'", 'closed')).toBe('orders');
    expect(await server.inPod("SELECT count(*) FROM pg_roles WHERE rolname = 'old'")).toBe('0');
  });
});

describe.each([
  { encoding: 'SQL_ASCII', further: 'grüße', schema: 'später' },
  // PGTLS-P94 refuses other names in LATIN1.
  { encoding: 'LATIN1', further: 'greetings', schema: 'later' },
])('databases in $encoding', ({ encoding, further, schema }) => {
  const names = ['orders', further, '"weird; DROP"'];
  const declare: Declare = (db) => {
    for (const name of names) {
      db.addClient(name);
      db.addDatabase(name, { schemas: [{ name: schema }], settings: { 'my.name': name } });
    }
    db.addClient('reports', { databases: ['orders', further], privileges: ClientPrivileges.readOnly() });
  };
  let server: Declared;

  beforeAll(async () => {
    server = await Declared.start(PostgresVersion.V18, declare, { props: { init: { encoding, locale: DatabaseLocale.libc('C') } } });
    await server.logs(/reloaded, serving/);
  });
  afterAll(() => server?.stop());

  test('has what is declared, and lets clients in', async () => {
    expect(server.reloader.logs).not.toMatch(/refused|cannot/);
    expect(await server.inPod('SHOW server_encoding')).toBe(encoding);
    for (const name of names) {
      expect(await server.ask(name, name, "SELECT current_user::text AS me, current_setting('my.name') AS setting")).toEqual([{ me: name, setting: name }]);
      expect(await server.tries(name, name, `CREATE TABLE "${schema}"."größe" ()`)).toBe('ok');
    }
    for (const name of ['orders', further]) {
      expect(await server.tries('reports', name, `SELECT * FROM "${schema}"."größe"`)).toBe('ok');
      expect(await server.tries('reports', name, `DELETE FROM "${schema}"."größe"`)).toMatch(/permission denied for table gr/);
    }
  });

  test('declared a second time nothing is written', async () => {
    await server.declare(declare);
    const before = await server.state(names);
    await server.declare(declare);
    expect(await server.state(names)).toEqual(before);
  });
});
