import { credentialFor } from './credential';
import type { DeclaredAccess } from './declared-access';
import type { AccessPlace } from './places';
import type { ServerView } from '../server-view';
import type { IssuanceGraph } from '../../pki';
import { type AddressSet, type Answer, type Channel, type DecidedAddresses, decidedAddresses, exactName, matchWithoutAddress, type Origin, type ParsedHbaRow } from '../../postgresql';

/** The superuser of initdb. */
export const SUPERUSER = 'postgres';

/** The word of pg_hba.conf for physical replication. */
export const REPLICATION = 'replication';

/** Whether a role gets into a database. */
export interface AccessDecision {
  readonly outcome: 'admitted' | 'rejected' | 'unknown';
  /** With what; empty unless it is admitted or may be. */
  readonly how: string;
  /** Until when; empty for no end. */
  readonly until: string;
  /** Why it is rejected, or why that is not known. */
  readonly reason: string;
  /** The row of pg_hba.conf that decides. */
  readonly row?: ParsedHbaRow;
}

/** Who connects to what, as far as pg_hba.conf sees it. */
export interface AccessSubject {
  /** Undefined for a role that nothing names. */
  readonly role: string | undefined;
  /** Undefined for a database that nothing names. */
  readonly database: string | undefined;
  /** Whether the database has the name of the role, for a role that nothing names. */
  readonly isOwnName?: boolean;
}

/** The decision for one role, one database, one channel, and some addresses of a place. */
export interface AccessCell extends AccessSubject {
  readonly channel: Channel;
  readonly place: AccessPlace;
  readonly addresses: AddressSet;
  readonly decision: AccessDecision;
}

/** The server and what is known of its roles and databases. */
export interface AccessScene {
  readonly server: ServerView;
  readonly manifests: IssuanceGraph;
  readonly declared: DeclaredAccess;
  readonly rows: ReadonlyArray<ParsedHbaRow>;
}

/** Names that no role and no database can have: they stand for one that nothing names. */
const ANY_ROLE = '\0role';
const ANY_DATABASE = '\0database';

/** The rows that may be for a role, those of its groups included. */
export function rowsForRole({ rows, declared }: Pick<AccessScene, 'rows' | 'declared'>, role: string | undefined): ParsedHbaRow[] {
  return rows.flatMap((row) => {
    const users = row.users.flatMap((word) => (word.startsWith('+') ? byMembership(word, declared.isMember(role, word.slice(1))) : exactWord(word, role)));
    const kept = { ...row, users };
    return matchWithoutAddress({ ...kept, type: 'local', databases: ['all'] }, { channel: 'socket', user: role ?? ANY_ROLE, database: undefined }) === 'no' ? [] : [kept];
  });
}

/** Every decision for a role and a database from a place, divided by channels and addresses. `rows` are those of the role. */
export function cellsOf(scene: AccessScene, rows: ReadonlyArray<ParsedHbaRow>, subject: AccessSubject, place: AccessPlace): AccessCell[] {
  return channelsOf(scene, place).flatMap((channel) => rowsThatDecide(scene, rows, subject, place, channel).map(({ addresses, possible, last }) => ({
    ...subject, channel, place, addresses, decision: decide(scene, { ...subject, place, channel }, possible, last),
  })));
}

/** The rows that decide, divided by the addresses of an origin. `rows` are those of the role. */
export function rowsThatDecide(
  { declared }: Pick<AccessScene, 'declared'>, rows: ReadonlyArray<ParsedHbaRow>, subject: AccessSubject, origin: Origin, channel: Channel,
): Array<DecidedAddresses<ParsedHbaRow>> {
  return decidedAddresses(rows, origin, (row) => answerOf(declared, row, subject, channel));
}

function channelsOf({ server, rows }: AccessScene, { isSocket }: AccessPlace): Channel[] {
  if (isSocket) { return ['socket']; }
  const usesGss = rows.some(({ type }) => type === 'hostgssenc');
  return [...(server.tls === false ? [] : ['tls' as const]), 'plaintext', ...(usesGss ? ['gss' as const] : [])];
}

function answerOf(declared: DeclaredAccess, row: ParsedHbaRow, { role, database, isOwnName = false }: AccessSubject, channel: Channel): Answer {
  const user = role ?? ANY_ROLE;
  const name = isOwnName ? user : database ?? ANY_DATABASE;
  const databases = row.databases.flatMap((word): string[] => {
    switch (word) {
      case 'sameuser': return user === name ? ['all'] : [];
      case 'samerole': case 'samegroup': return name === REPLICATION ? [] : byMembership(word, isOwnName ? 'yes' : database === undefined ? 'maybe' : declared.isMember(role, database));
      default: return exactWord(word, name);
    }
  });
  return matchWithoutAddress({ ...row, databases }, { channel, user, database: name });
}

/** A word whose meaning depends on a membership, with that known. */
function byMembership(word: string, isMember: Answer): string[] {
  return isMember === 'maybe' ? [word] : isMember === 'yes' ? ['all'] : [];
}

/** A regular expression for one name, with that compared. */
function exactWord(word: string, wanted: string | undefined): string[] {
  const name = exactName(word);
  return name === undefined ? [word] : name === wanted ? ['all'] : [];
}

interface Login extends AccessSubject {
  readonly place: AccessPlace;
  readonly channel: Channel;
}

function decide(scene: AccessScene, login: Login, possible: ReadonlyArray<ParsedHbaRow>, last: ParsedHbaRow | undefined): AccessDecision {
  const decisions = [...possible, last].map((row) => decideByRow(scene, login, row));
  const [first] = decisions;
  if (decisions.every(({ outcome }) => outcome === 'rejected')) { return decisions.at(-1)!; }
  const doubted = decisions.every(({ outcome, how, until }) => outcome === first!.outcome && how === first!.how && until === first!.until) ? first! : {
    outcome: 'unknown' as const, until: '', how: [...new Set(decisions.flatMap(({ how }) => (how === '' ? [] : [how])))].join(', or '), row: possible[0],
    reason: `whether the row '${possible[0]!.text}' matches depends on ${dependence(possible[0]!)}`,
  };
  const doubt = login.place.doubt ?? (login.channel === 'tls' && scene.server.tls === undefined ? 'whether the server has TLS on is not visible'
    : login.channel === 'gss' ? 'whether the server has a key for GSSAPI is not visible' : undefined);
  return doubt === undefined || doubted.outcome !== 'admitted' ? doubted : { ...doubted, outcome: 'unknown', reason: doubt };
}

/** What is not known of a row. */
function dependence({ users, databases, address = 'all' }: ParsedHbaRow): string {
  const parts = [
    ...(users.some((word) => word.startsWith('+')) || databases.some((word) => word === 'samerole' || word === 'samegroup') ? ['memberships'] : []),
    ...([...users, ...databases].some((word) => word.startsWith('/')) ? ['a regular expression'] : []),
    ...(address === 'samenet' ? ['the network of the server'] : /^(all|samehost)$|[/:]|^[\d.]+$/.test(address) ? [] : ['the address of a host name']),
  ];
  return parts.length === 0 ? 'names that are not known' : parts.join(' and ');
}

function decideByRow(scene: AccessScene, login: Login, row: ParsedHbaRow | undefined): AccessDecision {
  const nothing = { how: '', until: '', row };
  if (row === undefined) { return { ...nothing, outcome: 'rejected', reason: 'no row of pg_hba.conf matches' }; }
  if (row.method === 'reject') { return { ...nothing, outcome: 'rejected', reason: 'a row of pg_hba.conf rejects it' }; }
  const credential = credentialFor(row, login.role, scene.server, scene.manifests);
  if ('reason' in credential) { return { ...nothing, outcome: credential.isCertain ? 'rejected' : 'unknown', reason: credential.reason }; }
  const role = scene.declared.role(login.role);
  const until = [...(role?.validUntil === undefined ? [] : [role.validUntil]), ...(credential.until === '' ? [] : [credential.until])].join('; ');
  const how = role !== undefined && !role.hasPassword && row.method === 'scram-sha-256' ? credential.how.replace('SCRAM-SHA-256', 'SCRAM-SHA-256; none is declared') : credential.how;
  const fault = afterAuthentication(scene.declared, login);
  return fault === undefined ? { outcome: 'admitted', how, until, reason: '', row } : { how: fault.outcome === 'rejected' ? '' : how, until: fault.outcome === 'rejected' ? '' : until, row, ...fault };
}

/** What PostgreSQL refuses after authentication. Source: src/backend/utils/init/postinit.c, InitPostgres. */
function afterAuthentication(declared: DeclaredAccess, { role: name, database, isOwnName = false }: Login): Pick<AccessDecision, 'outcome' | 'reason'> | undefined {
  if (name === SUPERUSER) { return undefined; }
  const role = declared.role(name);
  if (role?.login === false) { return { outcome: 'rejected', reason: 'the role may not log in' }; }
  if (database === REPLICATION && !isOwnName) { return role === undefined || role.replication ? undefined : { outcome: 'rejected', reason: 'the role may not replicate' }; }
  if (isOwnName || declared.mayConnect(name, database) === 'yes') { return undefined; }
  return { outcome: 'unknown', reason: `pg_hba.conf admits it, but no declaration grants CONNECT on database '${database}', which PUBLIC does not have` };
}
