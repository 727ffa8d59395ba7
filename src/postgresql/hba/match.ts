import { isMereName } from './mere-name';
import { coversAddress, isAnywhere, isLoopback, meetsAddress, takesClient } from './network';
import { AnyHbaRow } from './row';

/** `maybe` if a row depends on the server or the cluster: members of a group, regular expressions, host names. */
export type Answer = 'yes' | 'no' | 'maybe';

/** How a connection is protected. */
export type Channel = 'socket' | 'tls' | 'gss' | 'plaintext';

/** A login, as pg_hba.conf matches it. */
export interface Login {
  readonly channel: Channel;
  /** Undefined if it is unknown. */
  readonly user: string | undefined;
  /** `replication` for physical replication, which no other word matches. Undefined if it is unknown; it is not replication then. */
  readonly database: string | undefined;
  /** Undefined if it is unknown; it is not the local machine then. */
  readonly address?: string;
}

const CHANNELS: Readonly<Record<string, ReadonlyArray<Channel>>> = {
  local: ['socket'],
  host: ['tls', 'gss', 'plaintext'],
  hostssl: ['tls'],
  hostnossl: ['gss', 'plaintext'],
  hostgssenc: ['gss'],
  hostnogssenc: ['tls', 'plaintext'],
};

/** Source: PostgreSQL src/backend/libpq/hba.c, check_db: a physical replication connection is taken by its own word alone. */
const REPLICATION = 'replication';

/** Whether a row matches connections of a channel. */
export function takesChannel({ type }: AnyHbaRow, channel: Channel): boolean {
  return CHANNELS[type]?.includes(channel) ?? false;
}

/** Whether a row matches a login. */
export function match(row: AnyHbaRow, { channel, user, database, address }: Login): Answer {
  const parts = [
    takesChannel(row, channel) ? 'yes' : 'no',
    matchWords(row.users, user, ['all']),
    database === REPLICATION ? (row.databases.includes(REPLICATION) ? 'yes' : 'no') : matchWords(row.databases, database, user !== undefined && user === database ? ['all', 'sameuser'] : ['all']),
    channel === 'socket' ? 'yes' : matchAddress(row.address, address),
  ];
  if (parts.includes('no')) { return 'no'; }
  return parts.includes('maybe') ? 'maybe' : 'yes';
}

/** The rows that may decide a login, in order: those that may match, up to the first that certainly does. */
export function possibleRows<Row extends AnyHbaRow>(rows: ReadonlyArray<Row>, login: Login): Row[] {
  const answers = rows.map((row) => match(row, login));
  const end = answers.indexOf('yes');
  return rows.filter((_, index) => answers[index] !== 'no' && (end < 0 || index <= end));
}

/** The row that decides a login; undefined if none does, or if it is uncertain which. */
export function decidingRow<Row extends AnyHbaRow>(rows: ReadonlyArray<Row>, login: Login): Row | undefined {
  const [first] = possibleRows(rows, login);
  return first && match(first, login) === 'yes' ? first : undefined;
}

/** Whether every connection that matches `later` certainly matches `earlier` too. */
export function covers(earlier: AnyHbaRow, later: AnyHbaRow): boolean {
  return (CHANNELS[later.type] ?? []).every((channel) => takesChannel(earlier, channel))
    && coversWords(earlier.databases, later.databases, (word) => word !== REPLICATION)
    && coversWords(earlier.users, later.users, () => true)
    && coversAddress(earlier.address, later.address);
}

/** Whether one connection may match both, by one channel each. */
export function meets(one: AnyHbaRow, other: AnyHbaRow): boolean {
  return meetsWords(one.databases, other.databases, (word) => word !== REPLICATION)
    && meetsWords(one.users, other.users, () => true)
    && meetsAddress(one.address, other.address);
}

function matchWords(words: ReadonlyArray<string>, wanted: string | undefined, keywords: ReadonlyArray<string>): Answer {
  if (words.some((word) => keywords.includes(word) || nameOf(word) === wanted)) { return 'yes'; }
  if (wanted === undefined) { return 'maybe'; }
  return words.some(isOpen) ? 'maybe' : 'no';
}

/** The name of a word without quotes; keywords are their own names. */
function nameOf(word: string): string {
  return isMereName(word) ? word.slice(1, -1).replaceAll('""', '"') : word;
}

/** Words whose members are unknown here. */
function isOpen(word: string): boolean {
  return /^[+/@]/.test(word) || ['sameuser', 'samerole', 'samegroup'].includes(word);
}

function matchAddress(address: string | undefined, client: string | undefined): Answer {
  if (isAnywhere(address)) { return 'yes'; }
  if (client === undefined) { return isLoopback(address) ? 'no' : 'maybe'; }
  const takes = takesClient(address, client);
  return takes === undefined ? 'maybe' : takes ? 'yes' : 'no';
}

function coversWords(earlier: ReadonlyArray<string>, later: ReadonlyArray<string>, isOfAll: (word: string) => boolean): boolean {
  return later.every((word) => earlier.includes(word) || (earlier.includes('all') && isOfAll(word)));
}

function meetsWords(one: ReadonlyArray<string>, other: ReadonlyArray<string>, isOfAll: (word: string) => boolean): boolean {
  const takesAny = (words: ReadonlyArray<string>, others: ReadonlyArray<string>) => others.some((word) => words.includes(word) || (words.includes('all') && isOfAll(word)));
  return takesAny(one, other) || takesAny(other, one) || (one.some(isOpen) && other.some(isOfAll)) || (other.some(isOpen) && one.some(isOfAll));
}
