import { AccessOrigin, AccessOutcome, AccessTableRow } from './access-table-row';
import { describeDatabases } from './describe-databases';
import { groupBy } from '../data';

/** A row of the access table in words, in the order of its columns. */
export interface AccessWords {
  readonly who: string;
  readonly what: string;
  readonly access: string;
  readonly how: string;
  readonly from: string;
  readonly until: string;
}

/** How a format writes names, and all other text. */
export interface AccessStyle {
  readonly name: (name: string) => string;
  readonly text: (text: string) => string;
}

const CHANNELS: Readonly<Record<string, string>> = { tls: 'over TLS', plaintext: 'in plaintext', gss: 'over GSSAPI encryption' };

export function accessWords(row: AccessTableRow, { name, text }: AccessStyle): AccessWords {
  const { isRemainder, outcome, from, until, reason } = row;
  const isAdmitted = outcome === AccessOutcome.ADMITTED;
  return {
    who: who(row, name), what: isRemainder ? '' : describeDatabases(row, name), access: text(isAdmitted ? outcome : `${outcome}: ${reason}`),
    how: text(how(row)), from: text(describeOrigins(from)), until: text(until ?? (isAdmitted ? 'no end' : '')),
  };
}

function who({ role, isRemainder, outcome }: AccessTableRow, name: AccessStyle['name']): string {
  if (isRemainder) { return outcome === AccessOutcome.UNKNOWN ? 'everyone' : 'everyone else'; }
  return role === undefined ? 'every other role' : name(role);
}

function how({ how: credential, channels }: AccessTableRow): string {
  return [credential, channels.flatMap((channel) => CHANNELS[channel] ?? []).join(' or ')].filter((part) => part !== '').join('; ');
}

/** Places with the same addresses together. */
function describeOrigins(origins: ReadonlyArray<AccessOrigin>): string {
  return [...groupBy(origins, limitOf)].map(([limit, same]) => `${limit}${inWords(same.map(({ place }) => place)).join('; ')}`).join('; ');
}

function limitOf({ addresses, exceptAddresses }: AccessOrigin): string {
  if (addresses !== undefined) { return `${addresses.join(', ')} only: `; }
  return exceptAddresses === undefined ? '' : `every address but ${exceptAddresses.join(', ')}: `;
}

/** Inside the pod, all addresses are one place unless they differ. */
function inWords(places: ReadonlyArray<string>): string[] {
  const [loopback, own] = ['inside the pod (TCP)', "inside the pod (the pod's address)"];
  const both = places.includes(loopback) && places.includes(own);
  return places.filter((place) => !both || place !== own).map((place) => (!both && place === loopback ? 'inside the pod (loopback)' : place));
}
