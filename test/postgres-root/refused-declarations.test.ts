import { ClientPrivileges, DeclaredState, PostgresVersion } from '../../src';
import { find } from '../local';
import { eventually } from '../support/eventually';
import { Declared, documentsOf, type Declare } from './declared';
import { demandSystem } from './support';

demandSystem();

const CLUSTER = [PostgresVersion.V14, PostgresVersion.V16, PostgresVersion.V18];

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
    expect(await server.database.pod.probe('reloader', 'readiness')).toBe(false);
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
