import { AccessOrigin, AccessOutcome, AccessTableRow } from './access-table-row';
import { groupBy } from '../data';

const CHANNELS: Readonly<Record<string, string>> = { tls: 'over TLS', plaintext: 'in plaintext', gss: 'over GSSAPI encryption' };

/** The access table as Markdown. */
export function accessMarkdown(rows: ReadonlyArray<AccessTableRow>): string {
  const sections = [...groupBy(rows, ({ server }) => server)].map(([server, own]) => [
    `### ${plain(server)}`, '', '| who | to what | access | how | from where | until when |', '|---|---|---|---|---|---|', ...own.map(line),
  ].join('\n'));
  return sections.length === 0 ? 'No PostgreSQL server is visible.\n' : `${sections.join('\n\n')}\n`;
}

function line(row: AccessTableRow): string {
  const { isRemainder, outcome, from, until, reason } = row;
  const access = outcome === AccessOutcome.ADMITTED ? 'admitted' : `${outcome}: ${reason}`;
  const end = outcome === AccessOutcome.ADMITTED ? until ?? 'no end' : until ?? '';
  return `| ${[who(row), isRemainder ? '' : whatOf(row), plain(access), plain(how(row)), plain(describeOrigins(from)), plain(end)].join(' | ')} |`;
}

function who({ role, isRemainder, outcome }: AccessTableRow): string {
  if (isRemainder) { return outcome === AccessOutcome.UNKNOWN ? 'everyone' : 'everyone else'; }
  return role === undefined ? 'every other role' : code(role);
}

/** The databases; names in code font. */
function whatOf({ databases, otherDatabases, what }: AccessTableRow): string {
  return otherDatabases || what === '' ? plain(what) : [...databases.map(code), ...plain(what).split(', ').slice(databases.length)].join(', ');
}

function how({ how: credential, channels }: AccessTableRow): string {
  return [credential, channels.flatMap((channel) => CHANNELS[channel] ?? []).join(' or ')].filter((part) => part !== '').join('; ');
}

/** Places with the same addresses together. */
function describeOrigins(origins: ReadonlyArray<AccessOrigin>): string {
  return [...groupBy(origins, limitOf)].map(([limit, same]) => `${inWords(same.map(({ place }) => place)).join('; ')}${limit}`).join('; ');
}

function limitOf({ addresses, exceptAddresses }: AccessOrigin): string {
  if (addresses !== undefined) { return `, with an address in ${addresses.join(', ')}`; }
  return exceptAddresses === undefined ? '' : `, with an address not in ${exceptAddresses.join(', ')}`;
}

/** Inside the pod, all addresses are one place unless they differ. */
function inWords(places: ReadonlyArray<string>): string[] {
  const [loopback, own] = ['inside the pod (TCP)', "inside the pod (the pod's address)"];
  const both = places.includes(loopback) && places.includes(own);
  return places.filter((place) => !both || place !== own).map((place) => (!both && place === loopback ? 'inside the pod (loopback)' : place));
}

/** Text on one line of a table, without markup. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|~#&]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
