import { Client } from 'pg';
import { ClientConnection, ClientPrivileges } from '../../src';
import { ClientFiles } from '../drivers/support/client-files';
import { eventually } from '../support/eventually';
import { VERSIONS } from '../support/versions';
import { Declared, type Declare } from './declared';
import { demandSystem } from './support';

demandSystem();

const RENEWALS = 20;
const SESSIONS = 4;

const TEAM: Declare = (db) => {
  db.addClient('orders');
  db.addClient('reports', { database: 'orders', privileges: ClientPrivileges.readOnly() });
};

describe.each(VERSIONS)('PostgreSQL $major', (version) => {
  let team: Declared;
  let other: Declared;

  beforeAll(async () => {
    [team, other] = await Promise.all([Declared.start(version, TEAM), Declared.start(version, TEAM)]);
    await Promise.all([team, other].map((server) => server.logs(/reloaded, serving/)));
  });
  afterAll(() => Promise.all([team, other].map((server) => server?.stop())));

  test('a client of one team is refused at the database of the other, which has the same names and another client CA', async () => {
    for (const [own, strange] of [[team, other], [other, team]] as const) {
      for (const user of ['orders', 'reports']) {
        const certificate = await own.certificate(user);
        expect(await own.tries(user, 'orders', 'SELECT 1', { certificate })).toBe('ok');
        expect(await strange.tries(user, 'orders', 'SELECT 1', { certificate })).toMatch(/unknown ca/);
      }
    }
  });

  test(`${RENEWALS} renewals of the certificate of a client under load, and a client that is added meanwhile, drop nothing`, async () => {
    const files = new ClientFiles(team.database.certManager.secret('db-server-cert').data['ca.crt']!);
    files.write(await team.certificate('orders'));
    const connectionString = new ClientConnection({
      hosts: ['localhost'], port: team.database.pod.port, database: 'orders', user: 'orders', caFile: files.caFile, certificateFile: files.path('tls.crt'), keyFile: files.path('tls.key'),
    }).nodePostgresUri();
    await team.ask('orders', 'orders', 'CREATE TABLE counted (session int PRIMARY KEY, transactions int NOT NULL)');
    const failures: string[] = [];
    let running = true;
    const sessions = Array.from({ length: SESSIONS }, async (_, session) => {
      const client = new Client({ connectionString });
      client.on('error', (error) => failures.push(error.message));
      await client.connect();
      await client.query('INSERT INTO counted VALUES ($1, 0)', [session]);
      let done = 0;
      while (running && failures.length === 0) {
        await client.query('UPDATE counted SET transactions = transactions + 1 WHERE session = $1', [session]).then(() => { done += 1; }, (error: Error) => failures.push(error.message));
      }
      await client.end();
      return done;
    });
    const serials = new Set<string>();
    const visit = async (): Promise<void> => {
      const client = new Client({ connectionString });
      await client.connect();
      const { rows: [row] } = await client.query<{ serial: string }>('SELECT client_serial::text AS serial FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      serials.add(row!.serial);
      await client.end();
    };
    try {
      for (let renewal = 0; renewal < RENEWALS; renewal += 1) {
        files.write(await team.certificate('orders'));
        await visit().catch((error: Error) => failures.push(error.message));
        if (renewal === RENEWALS / 2) { team.change((db, chart) => { TEAM(db, chart); db.addClient('audit', { database: 'orders', privileges: ClientPrivileges.readOnly() }); }); }
      }
      await eventually(async () => { expect(await team.tries('audit', 'orders', 'SELECT 1')).toBe('ok'); });
    } finally {
      running = false;
    }
    const done = await Promise.all(sessions);
    files.remove();
    expect(failures).toEqual([]);
    expect(serials.size).toBe(RENEWALS);
    expect(done.every((transactions) => transactions > 0)).toBe(true);
    expect(await team.ask('orders', 'orders', 'SELECT transactions FROM counted ORDER BY session')).toEqual(done.map((transactions) => ({ transactions })));
  });
});
