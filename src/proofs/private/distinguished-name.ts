import { Mapping, mapping, text, texts } from './reading';

/** One attribute of a subject. */
export interface NamePart {
  readonly type: string;
  readonly value: string;
}

/** Attribute types that cert-manager's parser of literal subjects knows by name; others are dotted object identifiers. */
export const LITERAL_TYPES = ['C', 'O', 'OU', 'CN', 'SERIALNUMBER', 'L', 'ST', 'STREET', 'DC', 'UID'];

/** Go writes the attributes of a structured subject in this order (crypto/x509/pkix, Name.ToRDNSequence). */
const STRUCTURED: ReadonlyArray<readonly [string, string]> = [
  ['countries', 'C'], ['organizations', 'O'], ['organizationalUnits', 'OU'], ['localities', 'L'], ['provinces', 'ST'], ['streetAddresses', 'STREET'],
  ['postalCodes', '2.5.4.17'],
];

/** The subject that a Certificate asks for, least specific part first, as it stands in the certificate. */
export function subjectOf(spec: Mapping): NamePart[] {
  const literal = text(spec['literalSubject']);
  if (literal !== '') { return (parseLiteralSubject(literal) ?? []).reverse(); }
  const subject = mapping(spec['subject']);
  const parts = STRUCTURED.flatMap(([field, type]) => texts(subject[field]).map((value) => ({ type, value })));
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

/** The parts of an RFC 4514 text in its own order, or undefined where it is none. */
export function parseLiteralSubject(literal: string): NamePart[] | undefined {
  const parts: NamePart[] = [];
  const attribute = /\s*([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)\s*=((?:\\[0-9A-Fa-f]{2}|\\.|[^\\,+;])*)(?:[,;+]|$)/y;
  while (attribute.lastIndex < literal.length) {
    const match = attribute.exec(literal);
    if (!match) { return undefined; }
    parts.push({ type: match[1]!.toUpperCase(), value: unescape(match[2]!.trim()) });
  }
  return /[,;+]\s*$/.test(literal) || parts.length === 0 ? undefined : parts;
}

function unescape(value: string): string {
  const bytes = value.replace(/(\\[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll('\\', ''), 'hex').toString());
  return bytes.replace(/\\(.)/g, '$1');
}
