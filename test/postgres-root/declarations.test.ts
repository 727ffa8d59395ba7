import { ClientPrivileges, Privilege, PrivilegeGrant } from '../../src';
import { eventually } from '../support/eventually';
import { Declared, SERVERS, type Declare } from './declared';
import { demandSystem } from './support';

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

  test(`the scripts run in ${options.busyBox === true ? 'that of BusyBox' : 'the shell of this system'}`, async () => {
    const { stdout } = await server.database.pod.exec('reloader', ['sh', '-c', 'readlink /proc/$$$$/exe; readlink -f "$(command -v timeout)"']);
    expect(stdout.match(/busybox/g) ?? []).toHaveLength(options.busyBox === true ? 2 : 0);
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
