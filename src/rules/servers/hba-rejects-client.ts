import { loopbackAddress } from './loopback-address';
import { type Channel, possibleRows } from '../../postgresql';
import { type ConnectionPath, describeClient, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresPage } from '../engine/sources';

/** The channels that each sslmode tries; libpq connects through the first that the server accepts. */
const CHANNELS: Readonly<Record<string, ReadonlyArray<Channel>>> = { disable: ['plaintext'], allow: ['plaintext', 'tls'], prefer: ['tls', 'plaintext'] };

export const hbaRejectsClient: Rule<PodContext> = {
  id: 'hba-rejects-client',
  code: 'PGTLS-T17',
  title: 'client rejected by pg_hba.conf of its server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File', 'the first row that matches decides, and without a match the connection is rejected'),
    postgresPage('libpq-connect.html', 'Database Connection Control Functions', 'sslmode'),
  ],
  check: ({ connections }, report) => {
    for (const connection of connections) {
      const problem = rejectionOf(connection);
      const { client } = connection;
      if (problem !== undefined) { report(client.fieldOf(client.sslMode === 'disable' ? 'sslmode' : 'user'), problem); }
    }
  },
  fix: 'add a pg_hba.conf row for its role, database and network (accessRules of a Postgres; superuserAccess for the superuser), or use an sslmode that the rows accept',
  fixInYaml: 'add a pg_hba.conf row for its role, database and network, or use an sslmode that the rows accept',
};

function rejectionOf({ client, host, place, server: { hba, tls } }: ConnectionPath): string | undefined {
  if (!hba?.isComplete) { return undefined; }
  const login = { user: client.user, database: client.database, address: loopbackAddress(place) };
  const channels = (CHANNELS[client.sslMode] ?? ['tls']).filter((channel) => channel !== 'tls' || tls !== false);
  const ways = channels.map((channel) => possibleRows(hba.rows, { ...login, channel }));
  if (channels.length === 0 || ways.some((rows) => rows.some(({ method }) => method !== 'reject'))) { return undefined; }
  const rejecting = ways.map((rows) => rows.at(-1)).find((row) => row !== undefined);
  const who = `${client.user === undefined ? '' : ` as '${client.user}'`}${client.sslMode === 'disable' ? ' without TLS' : ''}`;
  return `${describeClient(client)} connects to '${host}'${who}, but ${rejecting ? `the pg_hba.conf row '${rejecting.text}' of the server rejects the connection` : 'no pg_hba.conf row of the server matches'}`;
}
