import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadManifests, LocalDatabase, Login, parseCertificates, servedCertificate } from '../local';
import { REPOSITORY } from '../support/repository';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();

const RENEWALS = 25;
const SESSIONS = 10;

test(`${RENEWALS} renewals while ${SESSIONS} sessions run transactions and others come and go: nothing fails`, async () => {
  const database = await LocalDatabase.start({
    documents: loadManifests(join(REPOSITORY, 'dist/quickstart.k8s.yaml')), runAs: POSTGRES, wrapper: asInTheImage(),
  });
  try {
    const certificate = database.certManager.secret('orders-db-client-cert');
    const right: Login = { host: 'orders-db.orders.svc', certificate, trust: database.certManager.secret('orders-db-server-cert').data['ca.crt'] };
    const reloader = database.pod.start('reloader');
    await reloader.waitFor(/reloaded/);
    await database.ask('CREATE TABLE counted (session int PRIMARY KEY, transactions int NOT NULL)', right);

    let running = true;
    const counts = { transactions: 0, connections: 0 };
    const failures: string[] = [];
    const sessions = Array.from({ length: SESSIONS }, async (_, session) => {
      const client = await database.connect(right);
      await client.query('INSERT INTO counted VALUES ($1, 0)', [session]);
      let done = 0;
      try {
        while (running) {
          await client.query('BEGIN');
          await client.query('UPDATE counted SET transactions = transactions + 1 WHERE session = $1', [session]);
          await client.query('COMMIT');
          done += 1;
          await delay(2);
        }
      } catch (error) {
        failures.push(`session ${session}: ${(error as Error).message}`);
      } finally {
        await client.end();
      }
      counts.transactions += done;
      return done;
    });
    const visitors = Array.from({ length: 2 }, async () => {
      while (running) {
        await database.ask('SELECT 1', right).then(() => { counts.connections += 1; }, (error: Error) => { failures.push(`visitor: ${error.message}`); });
      }
    });

    const delays: number[] = [];
    for (let renewal = 0; renewal < RENEWALS; renewal += 1) {
      const renewed = await database.certManager.renew('orders-db-server-cert');
      const expected = parseCertificates(renewed.data['tls.crt']!)[0]!.serialNumber;
      database.pod.updateSecret(renewed);
      const changed = Date.now();
      while ((await servedCertificate({ port: database.pod.port })).serialNumber !== expected) {
        if (Date.now() - changed > 60_000) { throw new Error(`renewal ${renewal} is not served:\n${reloader.logs}\n${database.server.logs}`); }
        await delay(20);
      }
      delays.push(Date.now() - changed);
      // Renewals do not come in step with the reloader's looks, one a second.
      await delay((renewal * 277) % 700);
    }
    running = false;
    const done = await Promise.all(sessions);
    await Promise.all(visitors);
    delays.sort((a, b) => a - b);
    process.stdout.write(`measured: ${RENEWALS} renewals, ${counts.transactions} transactions in ${SESSIONS} sessions, ${counts.connections} new connections, `
      + `${failures.length} failures; served after ${delays[0]} to ${delays.at(-1)} ms, median ${delays[RENEWALS >> 1]} ms\n`);

    expect(failures).toEqual([]);
    expect(await database.ask('SELECT transactions FROM counted ORDER BY session', right)).toEqual(done.map((transactions) => ({ transactions })));
    expect(database.server.logs.match(/starting PostgreSQL/g)).toHaveLength(1);
    // Of renewals that follow each other faster than the reloader looks, the last one counts.
    await reloader.waitFor(new RegExp(`reloaded, serving serial=0*${(await servedCertificate({ port: database.pod.port })).serialNumber}`, 'i'));
  } finally {
    await database.stop();
  }
}, 180_000);
