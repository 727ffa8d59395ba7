import { BlockList, isIP } from 'node:net';

/** A row of pg_hba.conf as somebody wrote it. */
export interface HbaRecord {
  /** The row itself, blanks evened out, as messages give it. */
  readonly text: string;
  readonly type: string;
  readonly databases: ReadonlyArray<string>;
  readonly users: ReadonlyArray<string>;
  /** A name or a network, with a mask as `/255.0.0.0` where it was given so; empty for `local`. */
  readonly address: string;
  readonly method: string;
  readonly options: ReadonlyMap<string, string>;
}

/** What a pg_hba.conf says. */
export interface HbaFile {
  readonly records: ReadonlyArray<HbaRecord>;
  /** Whether rows stand in other files too. */
  readonly isComplete: boolean;
}

/** A login as pg_hba.conf sees it. */
export interface Login {
  readonly user: string;
  readonly database: string;
  /** Undefined where nobody here knows from where it comes; it is not this machine then. */
  readonly address?: string;
}

const METHODS = new Set([
  'trust', 'reject', 'scram-sha-256', 'md5', 'password', 'gss', 'sspi', 'ident', 'peer', 'ldap', 'radius', 'cert', 'pam', 'bsd', 'oauth',
]);
const WITH_MAP = new Set(['ident', 'peer', 'gss', 'sspi', 'cert', 'oauth']);
const TYPES = new Set(['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc']);
const PASSWORD_METHODS = new Set(['scram-sha-256', 'md5', 'password', 'ldap', 'radius', 'pam', 'bsd']);
const ANYWHERE = new Set(['all', '0.0.0.0/0', '::/0', '::0/0', '0.0.0.0/0.0.0.0']);

export function parseHbaFile(file: string): HbaFile {
  // A word that starts with @ names a file of words; include directives name files of rows (16 and later).
  const lines = fileLines(file);
  const isInclude = (words: string[]) => /^include(_if_exists|_dir)?$/.test(words[0]!);
  return {
    records: lines.filter((words) => !isInclude(words)).map(record),
    isComplete: !lines.some((words) => isInclude(words) || words.some((word) => word.startsWith('@'))),
  };
}

/** The words of each line that has any; quotes are kept, a backslash at the end joins lines. */
export function fileLines(file: string): string[][] {
  return file.replace(/\\\r?\n/g, ' ').split(/\r?\n/)
    .map((line) => [...line.matchAll(/#.*|((?:"(?:[^"]|"")*"|[^\s"#])+)/g)].flatMap(([, word]) => (word === undefined ? [] : [word])))
    .filter((words) => words.length > 0);
}

/** A word of such a file without its quotes. */
export function unquotedWord(word: string): string {
  return word.replace(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"'));
}

function record(words: string[]): HbaRecord {
  const [type = '', databases = '', users = '', ...rest] = words;
  // `a, b` is one list, which is how people write it; glue what a comma holds together.
  if (databases.endsWith(',') || users.startsWith(',')) { return record([type, `${databases}${users}`, ...rest]); }
  if (users.endsWith(',') || rest[0]?.startsWith(',')) { return record([type, databases, `${users}${rest[0] ?? ''}`, ...rest.slice(1)]); }
  const [address, after] = type === 'local' ? ['', rest] : addressOf(rest);
  const [method = '', ...options] = after;
  return {
    text: words.join(' '),
    type,
    databases: list(databases),
    users: list(users),
    address,
    method: unquotedWord(method),
    options: new Map(options.map(unquotedWord).map((option) => [option.split('=')[0]!, option.slice(option.indexOf('=') + 1)])),
  };
}

/** An address may be followed by a mask of its own. */
function addressOf([address = '', mask, ...rest]: string[]): [string, string[]] {
  if (mask === undefined) { return [unquotedWord(address), []]; }
  return isIP(address) !== 0 && isIP(mask) !== 0 ? [`${address}/${mask}`, rest] : [unquotedWord(address), [mask, ...rest]];
}

/** Quoted words lose their special meaning, so they keep a mark. */
function list(words: string): string[] {
  return (words.match(/(?:"(?:[^"]|"")*"|[^,"])+/g) ?? []).map((word) => (/^"(all|replication|sameuser|samerole)"$/.test(word) ? word : unquotedWord(word)));
}

/** Why PostgreSQL refuses the whole file because of a row. Source: PostgreSQL src/backend/libpq/hba.c, parse_hba_line (14 to 18). */
export function refusedRecord({ type, method, options, databases, users }: HbaRecord): string | undefined {
  if (!TYPES.has(type)) { return `has the type '${type}', which does not exist`; }
  if (databases.length === 0 || users.length === 0 || method === '') { return 'ends before the method'; }
  if (!METHODS.has(method)) { return `has the method '${method}', which does not exist`; }
  const clientcert = options.get('clientcert');
  if (method === 'cert' && type !== 'hostssl') { return "has the method 'cert', which only a hostssl row may have"; }
  if (clientcert !== undefined && type !== 'hostssl') { return "has 'clientcert', which only a hostssl row may have"; }
  if (clientcert !== undefined && !['verify-ca', 'verify-full'].includes(clientcert)) { return `has clientcert=${clientcert}, which is neither verify-ca nor verify-full`; }
  if (method === 'cert' && clientcert === 'verify-ca') { return "has clientcert=verify-ca beside the method 'cert', which knows verify-full only"; }
  if (options.has('map') && !WITH_MAP.has(method)) { return `has a map, which the method '${method}' does not take`; }
  if (method === 'peer' && type !== 'local') { return "has the method 'peer', which only a local row may have"; }
  return undefined;
}

/** Whether a row asks for a certificate that the authority in ssl_ca_file has signed. */
export function asksForCertificate({ method, options }: HbaRecord): boolean {
  return method === 'cert' || options.has('clientcert');
}

/** Whether a row asks for a password. */
export function asksForPassword({ method }: HbaRecord): boolean {
  return PASSWORD_METHODS.has(method);
}

/** The row of a login over TLS, or undefined where that cannot be told. */
export function recordOf({ records, isComplete }: HbaFile, login: Login): HbaRecord | undefined {
  const first = records.filter(({ type }) => type === 'host' || type === 'hostssl').find((row) => match(row, login) !== 'no');
  return isComplete && first !== undefined && match(first, login) === 'yes' ? first : undefined;
}

/**
 * The rows that may decide a login over TLS from another machine: each that matches perhaps, up to the first that does for sure. `all` does not
 * match replication.
 */
export function possibleRecords({ records }: HbaFile, { user, database }: Omit<Login, 'address'>): HbaRecord[] {
  const found: HbaRecord[] = [];
  for (const row of records.filter(({ type }) => type === 'host' || type === 'hostssl')) {
    if (database === 'replication' && !row.databases.includes('replication')) { continue; }
    const answer = match(row, { user, database });
    if (answer !== 'no') { found.push(row); }
    if (answer === 'yes') { break; }
  }
  return found;
}

function match(row: HbaRecord, { user, database, address }: Login): 'yes' | 'no' | 'maybe' {
  const parts = [
    matchWords(row.users, user, ['all']),
    matchWords(row.databases, database, user === database ? ['all', 'sameuser'] : ['all']),
    matchAddress(row.address, address),
  ];
  if (parts.includes('no')) { return 'no'; }
  return parts.includes('maybe') ? 'maybe' : 'yes';
}

function matchWords(words: ReadonlyArray<string>, wanted: string, everybody: string[]): 'yes' | 'no' | 'maybe' {
  if (words.some((word) => word === wanted || everybody.includes(word))) { return 'yes'; }
  return words.some((word) => /^[+/]/.test(word) || word === 'samerole' || word === 'samegroup') ? 'maybe' : 'no';
}

function matchAddress(address: string, from: string | undefined): 'yes' | 'no' | 'maybe' {
  if (ANYWHERE.has(address)) { return 'yes'; }
  if (from === undefined) { return isLoopback(address) ? 'no' : 'maybe'; }
  const network = networkOf(address);
  if (network === undefined) { return 'maybe'; }
  return network.family === family(from) && network.list.check(from, network.family) ? 'yes' : 'no';
}

/** Rows through which a client whose certificate was refused can come without TLS, with a password. */
export function plaintextBeside(records: ReadonlyArray<HbaRecord>, certificate: HbaRecord): HbaRecord[] {
  const plain = records.filter(({ type }) => type === 'host' || type === 'hostnossl');
  return plain.filter((row, index) => asksForPassword(row) && !isLoopback(row.address) && overlaps(row, certificate)
    && !plain.slice(0, index).some((earlier) => covers(earlier, row)));
}

function covers(earlier: HbaRecord, later: HbaRecord): boolean {
  return (earlier.type === later.type || earlier.type === 'host' || later.type === 'host')
    && (earlier.users.includes('all') || later.users.every((user) => earlier.users.includes(user)))
    && (earlier.databases.includes('all') || later.databases.every((database) => earlier.databases.includes(database)))
    && (ANYWHERE.has(earlier.address) || earlier.address === later.address);
}

function overlaps(a: HbaRecord, b: HbaRecord): boolean {
  const shared = (one: ReadonlyArray<string>, other: ReadonlyArray<string>) => one.includes('all') || other.includes('all') || one.some((word) => other.includes(word));
  return shared(a.users, b.users) && shared(a.databases, b.databases) && (meets(a.address, b.address) || meets(b.address, a.address));
}

function meets(wide: string, narrow: string): boolean {
  if (wide === narrow || ANYWHERE.has(wide)) { return true; }
  const network = networkOf(wide);
  const base = narrow.split('/')[0]!;
  return network !== undefined && isIP(base) !== 0 && network.family === family(base) && network.list.check(base, network.family);
}

function isLoopback(address: string): boolean {
  return /^(127\.|::1(\/|$)|localhost$|samehost$)/.test(address);
}

function networkOf(address: string): { readonly list: BlockList; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const [base = '', bits = ''] = address.split('/');
  const prefix = isIP(bits) === 4 ? bits.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('').replace(/0+$/, '').length : Number(bits);
  if (isIP(base) === 0 || bits === '' || !Number.isInteger(prefix) || prefix < 0 || prefix > (isIP(base) === 4 ? 32 : 128)) { return undefined; }
  const list = new BlockList();
  list.addSubnet(base, prefix, family(base));
  return { list, family: family(base) };
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
