import { Mapping, mapping, strings, text } from './reading';

/** One attribute of a subject. */
export interface NamePart {
  readonly type: string;
  readonly value: string;
}

/** Attribute types that cert-manager's parser of literal subjects knows by name, in this very spelling; others are dotted object identifiers. */
const OIDS: Readonly<Record<string, string>> = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  SERIALNUMBER: '2.5.4.5',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
};
const NAMES = new Map(Object.entries(OIDS).map(([name, oid]) => [oid, name]));

/** Go writes the attributes of a structured subject in this order (crypto/x509/pkix, Name.ToRDNSequence). */
const STRUCTURED: ReadonlyArray<readonly [string, string]> = [
  ['countries', 'C'], ['organizations', 'O'], ['organizationalUnits', 'OU'], ['localities', 'L'], ['provinces', 'ST'], ['streetAddresses', 'STREET'],
  ['postalCodes', '2.5.4.17'],
];

/** The subject that a Certificate asks for, least specific part first, as it stands in the certificate. Empty where it cannot be read. */
export function subjectOf(spec: Mapping): NamePart[] {
  const literal = text(spec['literalSubject']);
  if (literal !== '') { return (parseLiteralSubject(literal).parts ?? []).map(({ type, value }) => ({ type: NAMES.get(type) ?? type, value })).reverse(); }
  const subject = mapping(spec['subject']);
  const parts = STRUCTURED.flatMap(([field, type]) => strings(subject[field]).map((value) => ({ type, value })));
  const commonName = text(spec['commonName']);
  const serialNumber = text(subject['serialNumber']);
  return [
    ...parts,
    ...(commonName === '' ? [] : [{ type: 'CN', value: commonName }]),
    ...(serialNumber === '' ? [] : [{ type: 'SERIALNUMBER', value: serialNumber }]),
  ];
}

/** One spelling of a subject. */
export function formatDistinguishedName(parts: ReadonlyArray<NamePart>): string {
  return parts.map(({ type, value }) => `${type}=${value.replace(/[\\,+=]/g, '\\$&')}`).join(',');
}

/** A literal subject in its own order, or why cert-manager cannot make a subject of it. */
export interface LiteralSubject {
  readonly parts?: ReadonlyArray<NamePart>;
  readonly fault?: string;
}

/**
 * Reads a literal subject as cert-manager does (pkg/util/pki/subject.go over go-ldap's ParseDN): looser than RFC 4514 in what a
 * value may hold, stricter in the spelling of types. Blank means no subject.
 */
export function parseLiteralSubject(literal: string): LiteralSubject {
  if (literal.trim() === '') { return { parts: [] }; }
  const parts: NamePart[] = [];
  for (const attribute of splitUnescaped(literal, /[,+;]/)) {
    const [type, ...rest] = splitUnescaped(attribute, /=/);
    if (rest.length === 0 || type!.trim() === '') { return { fault: `has the part '${attribute.trim()}', which is not of the form type=value` }; }
    const name = unescaped(type!);
    const said = rest.join('=');
    const value = said.startsWith('#') ? fromBer(said.slice(1)) : unescaped(said);
    if (name === undefined || value === undefined) { return { fault: `has the part '${attribute.trim()}', whose escapes cannot be read` }; }
    if (!Object.hasOwn(OIDS, name) && !isObjectIdentifier(name)) { return { fault: `has the attribute type '${name}', which is unknown in this spelling` }; }
    parts.push({ type: name, value });
  }
  return { parts };
}

/** A dotted object identifier that Go can encode and read again: its arcs fit 31 bits. */
export function isObjectIdentifier(dotted: string): boolean {
  if (!/^[0-2](\.\d+)+$/.test(dotted)) { return false; }
  const [root, second, ...rest] = dotted.split('.').map(Number);
  return [second!, ...rest].every((arc) => arc < 2 ** 31) && (root === 2 || second! < 40);
}

/** Splits where the separator is not behind a backslash. */
function splitUnescaped(whole: string, separator: RegExp): string[] {
  const pieces = [''];
  for (const [token] of whole.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (separator.test(token) && token.length === 1) { pieces.push(''); } else { pieces[pieces.length - 1] += token; }
  }
  return pieces;
}

/** A value without its escapes, or undefined where they are wrong or do not make a text. */
function unescaped(value: string): string | undefined {
  const inner = value.replace(/^ +| +$/g, '');
  const trimmed = inner.endsWith('\\') && value.endsWith(' ') ? `${inner} ` : inner;
  const bytes: Buffer[] = [];
  for (const [token, hex, special] of trimmed.matchAll(/\\([0-9A-Fa-f]{2})|\\([ "#+,;<=>\\])|[\s\S]/gu)) {
    if (token === '\\') { return undefined; }
    bytes.push(hex === undefined ? Buffer.from(special ?? token) : Buffer.from(hex, 'hex'));
  }
  return utf8(Buffer.concat(bytes));
}

/** A value in BER: a primitive of one length byte whose content is a text. */
function fromBer(hex: string): string | undefined {
  if (!/^([0-9A-Fa-f]{2}){2,}$/.test(hex)) { return undefined; }
  const bytes = Buffer.from(hex, 'hex');
  const isText = (bytes[0]! & 0x20) === 0 && bytes[1]! < 0x80 && bytes[1] === bytes.length - 2;
  return isText ? utf8(bytes.subarray(2)) : undefined;
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
