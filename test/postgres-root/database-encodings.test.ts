import { ClientPrivileges, DatabaseLocale, PostgresVersion } from '../../src';
import { Declared, type Declare } from './declared';
import { demandSystem } from './support';

demandSystem();

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
