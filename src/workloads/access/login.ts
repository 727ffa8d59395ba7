import type { AccessConnection } from './access-step';
import type { ClientView } from '../client-view';
import { isLoopback } from '../loopback';
import { memoizeByObject } from '../../data';
import { type Channel, type HbaFile, type Login, type ParsedHbaRow, possibleRows, refusedRow } from '../../postgresql';

/** The channels that an sslmode tries, in their order. Source: PostgreSQL, libpq sslmode. */
const CHANNELS: Readonly<Record<string, ReadonlyArray<Channel>>> = { disable: ['plaintext'], allow: ['plaintext', 'tls'], prefer: ['tls', 'plaintext'] };

export function channelsOf({ sslMode }: ClientView): ReadonlyArray<Channel> {
  return CHANNELS[sslMode] ?? ['tls'];
}

/** A login as pg_hba.conf sees it; the address of a pod is not known. */
export function loginOf({ client, place }: Pick<AccessConnection, 'client' | 'place'>, channel: Channel): Login {
  return { channel, user: client.user, database: client.database, address: !isLoopback(place) ? undefined : place === '::1' ? '::1' : '127.0.0.1' };
}

/** The rows of pg_hba.conf that may decide a login, in their order; undefined where they are not visible, or where PostgreSQL refuses the file. */
export function rowsFor(connection: AccessConnection, channel: Channel): ReadonlyArray<ParsedHbaRow> | undefined {
  const known = rowsOf(connection);
  if (!known.has(channel)) {
    const { hba } = connection.server;
    known.set(channel, hba?.isComplete === true && isAccepted(hba) ? possibleRows(hba.rows, loginOf(connection, channel)) : undefined);
  }
  return known.get(channel);
}

/** Those that do not reject. */
export function admittingRows(connection: AccessConnection, channel: Channel): ReadonlyArray<ParsedHbaRow> | undefined {
  return rowsFor(connection, channel)?.filter(({ method }) => method !== 'reject');
}

const rowsOf = memoizeByObject((_: AccessConnection) => new Map<Channel, ReadonlyArray<ParsedHbaRow> | undefined>());

const isAccepted = memoizeByObject(({ rows }: HbaFile): boolean => rows.every((row) => refusedRow(row) === undefined));

/** What the server calls a login in its errors; what is not known is left out. Source: PostgreSQL src/backend/libpq/auth.c. */
export function describeLogin({ client, place }: Pick<AccessConnection, 'client' | 'place'>, channel: Channel): string {
  const { user = '…', database = '…' } = client;
  return `host "${loginOf({ client, place }, channel).address ?? '…'}", user "${user}", database "${database}", ${channel === 'tls' ? 'SSL encryption' : 'no encryption'}`;
}
