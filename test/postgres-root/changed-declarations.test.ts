import { ClientPrivileges, DeclaredState, PostgresVersion } from '../../src';
import { eventually } from '../support/eventually';
import { Declared, type Declare } from './declared';
import { demandSystem } from './support';

demandSystem();

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
