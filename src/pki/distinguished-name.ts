import { isUtf8 } from 'node:buffer';
import { Mapping, mapping, strings, text } from '../data';

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

/**
 * Go writes the attributes of a structured subject in this order (crypto/x509/pkix, Name.ToRDNSequence) as of Go 1.26, with which cert-manager
 * 1.21 is built; before, O and OU came right after C. Seen on a cluster: test/cert-manager-live/issuing.test.ts.
 */
export const STRUCTURED_SUBJECT: ReadonlyArray<readonly [string, string]> = [
  ['countries', 'C'], ['provinces', 'ST'], ['localities', 'L'], ['streetAddresses', 'STREET'], ['postalCodes', '2.5.4.17'], ['organizations', 'O'],
  ['organizationalUnits', 'OU'],
];

/** The subject that a Certificate requests, least specific part first, as encoded in the certificate. Empty if it cannot be parsed. */
export function subjectOf(spec: Mapping): NamePart[] {
  const literal = text(spec['literalSubject']);
  if (literal !== '') { return (parseLiteralSubject(literal).parts ?? []).map(({ type, value }) => ({ type: NAMES.get(type) ?? type, value })).reverse(); }
  const subject = mapping(spec['subject']);
  const parts = STRUCTURED_SUBJECT.flatMap(([field, type]) => strings(subject[field]).map((value) => ({ type, value })));
  const commonName = text(spec['commonName']);
  const serialNumber = text(subject['serialNumber']);
  return [
    ...parts,
    ...(commonName === '' ? [] : [{ type: 'CN', value: commonName }]),
    ...(serialNumber === '' ? [] : [{ type: 'SERIALNUMBER', value: serialNumber }]),
  ];
}

/** The object identifier of an attribute of a subject. */
export function attributeOid(type: string): string {
  return OIDS[type] ?? type;
}

/** The canonical spelling of a subject. */
export function formatDistinguishedName(parts: ReadonlyArray<NamePart>): string {
  return parts.map(({ type, value }) => `${type}=${value.replace(/[\\,+=]/g, '\\$&')}`).join(',');
}

/** A parsed literal subject: its parts in their order, or the reason why it cannot be used. */
export interface LiteralSubject {
  readonly parts?: ReadonlyArray<NamePart>;
  /** Why the webhook rejects it. */
  readonly fault?: string;
  /** Why it cannot be encoded in a certificate, although the webhook accepts it. */
  readonly unencodable?: string;
}

/**
 * Reads a literal subject as cert-manager does (pkg/util/pki/subject.go over go-ldap's ParseDN): looser than RFC 4514 in what a
 * value may hold, stricter in the spelling of types. Blank means no subject.
 */
export function parseLiteralSubject(literal: string): LiteralSubject {
  if (literal.trim() === '') { return { parts: [] }; }
  const parts: NamePart[] = [];
  let unencodable: string | undefined;
  for (const attribute of splitUnescaped(literal, /[,+;]/)) {
    const [type, ...rest] = splitUnescaped(attribute, /=/);
    const part = `the part '${attribute.trim()}'`;
    if (rest.length === 0 || type!.trim() === '') { return { fault: `has ${part}, which does not have the form type=value` }; }
    const name = unescaped(type!)?.toString();
    const value = valueOf(rest.join('='));
    if (name === undefined || value === undefined) { return { fault: `has ${part}, which has an invalid escape` }; }
    if (!Object.hasOwn(OIDS, name) && !isDotted(name)) { return { fault: `has the attribute type '${name}', which cert-manager does not know in this spelling` }; }
    if (!Object.hasOwn(OIDS, name) && !isObjectIdentifier(name)) { unencodable ??= `has the attribute type '${name}', which cannot be encoded as an object identifier`; }
    if (!isUtf8(value)) { unencodable ??= `has ${part}, whose value is not UTF-8`; }
    parts.push({ type: name, value: value.toString() });
  }
  return unencodable === undefined ? { parts } : { unencodable };
}

/** Whether cert-manager parses it as an object identifier: numbers separated by dots (pkg/util/pki, ParseObjectIdentifier). */
export function isDotted(text: string): boolean {
  return /^[+-]?\d{1,18}(\.[+-]?\d{1,18})*$/.test(text);
}

/** A dotted object identifier that Go can encode, read again and finds unchanged: arcs of 31 bits without leading zeros. */
export function isObjectIdentifier(dotted: string): boolean {
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted)) { return false; }
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

/** The bytes of a value, or undefined where it cannot be read. */
function valueOf(encoded: string): Buffer | undefined {
  if (!encoded.startsWith('#')) { return unescaped(encoded); }
  if (!/^#([0-9A-Fa-f]{2}){2,}$/.test(encoded)) { return undefined; }
  // BER: a type and a length, of which one byte does for any text that fits a subject.
  const bytes = Buffer.from(encoded.slice(1), 'hex');
  return bytes[1]! <= bytes.length - 2 ? bytes.subarray(2, 2 + bytes[1]!) : undefined;
}

/** A text without its escapes and the spaces around it, or undefined where an escape is wrong. */
function unescaped(value: string): Buffer | undefined {
  const inner = value.replace(/^ +| +$/g, '');
  const trimmed = inner.endsWith('\\') && value.endsWith(' ') ? `${inner} ` : inner;
  const bytes: Buffer[] = [];
  for (const [token, hex, special] of trimmed.matchAll(/\\([0-9A-Fa-f]{2})|\\([ "#+,;<=>\\])|[\s\S]/gu)) {
    if (token === '\\') { return undefined; }
    bytes.push(hex === undefined ? Buffer.from(special ?? token) : Buffer.from(hex, 'hex'));
  }
  return Buffer.concat(bytes);
}
