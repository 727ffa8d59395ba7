import { Channel, possibleRows } from '../../postgresql';
import { ClientView, describeClient, PodContext, ServerView } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { loopbackOf } from './server-shared';

/** The channels that each sslmode tries; libpq connects through the first that the server accepts. */
const CHANNELS: Readonly<Record<string, ReadonlyArray<Channel>>> = { disable: ['plaintext'], allow: ['plaintext', 'tls'], prefer: ['tls', 'plaintext'] };

export const hbaRejectsClient: Rule<PodContext> = {
  id: 'hba-rejects-client',
  code: 'PGTLS-T17',
  title: 'client rejected by pg_hba.conf of its server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, The pg_hba.conf File: the first row that matches decides, and without a match the connection is rejected; libpq, sslmode',
  check: ({ connections }) => connections.flatMap(({ client, host, place, server }) => refusalOf(client, host, place, server)),
  fix: 'add a pg_hba.conf row for its role, database and network (accessRules of a Postgres; superuserAccess for the superuser), or use an sslmode that the rows accept',
};

function refusalOf(client: ClientView, host: string, place: string, { hba, tls }: ServerView): string[] {
  if (!hba?.isComplete) { return []; }
  const login = { user: client.user, database: client.database, address: loopbackOf(place) };
  const channels = (CHANNELS[client.sslMode] ?? ['tls']).filter((channel) => channel !== 'tls' || tls !== false);
  const ways = channels.map((channel) => possibleRows(hba.rows, { ...login, channel }));
  if (channels.length === 0 || ways.some((rows) => rows.some(({ method }) => method !== 'reject'))) { return []; }
  const rejecting = ways.map((rows) => rows.at(-1)).find((row) => row !== undefined);
  const who = `${client.user === undefined ? '' : ` as '${client.user}'`}${client.sslMode === 'disable' ? ' without TLS' : ''}`;
  return [`${describeClient(client)} connects to '${host}'${who}, but ${rejecting ? `the pg_hba.conf row '${rejecting.text}' of the server rejects the connection` : 'no pg_hba.conf row of the server matches'}`];
}
