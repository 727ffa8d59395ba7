import { directoryString, objectIdentifier, sequence, setOf } from './der';
import type { CertificateSpec } from './manifests';

/** The attribute types a literalSubject may name. Source: RFC 4514 §3 and cert-manager pkg/util/pki/parse_string.go. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  SERIALNUMBER: '2.5.4.5',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  POSTALCODE: '2.5.4.17',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
};

/** The subject of a Certificate as a DER Name. */
export function encodeSubject(spec: CertificateSpec): Buffer {
  return (spec.literalSubject ?? '') === '' ? encodeFields(spec) : encodeLiteral(spec.literalSubject!);
}

/**
 * The order and the grouping (all values of a type in one RDN) are those of Go's `pkix.Name.ToRDNSequence` as of Go 1.26, from country to
 * street and then the organization; before, the organization came right after the country.
 */
function encodeFields({ commonName, subject = {} }: CertificateSpec): Buffer {
  const one = (value: string | undefined): string[] => (value ? [value] : []);
  const fields: [string, string[] | undefined][] = [
    ['C', subject.countries],
    ['ST', subject.provinces],
    ['L', subject.localities],
    ['STREET', subject.streetAddresses],
    ['POSTALCODE', subject.postalCodes],
    ['O', subject.organizations],
    ['OU', subject.organizationalUnits],
    ['CN', one(commonName)],
    ['SERIALNUMBER', one(subject.serialNumber)],
  ];
  return sequence(...fields
    .filter(([, values]) => values !== undefined && values.length > 0)
    .map(([type, values]) => setOf(...values!.map((value) => attribute(type, value)))));
}

/** An RFC 4514 string is written most specific first, the DER the other way round. */
function encodeLiteral(text: string): Buffer {
  const names = split(text, ',').map((rdn) => setOf(...split(rdn, '+').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0) { throw new Error(`literalSubject '${text}' has no '=' in '${pair}'`); }
    return attribute(pair.slice(0, equals).trim(), unescape(pair.slice(equals + 1).trim()));
  })));
  return sequence(...names.reverse());
}

function attribute(type: string, value: string): Buffer {
  const oid = /^\d+(\.\d+)+$/.test(type) ? type : ATTRIBUTES[type];
  if (oid === undefined) { throw new Error(`unknown attribute type '${type}' in a subject`); }
  return sequence(objectIdentifier(oid), directoryString(value));
}

function split(text: string, separator: string): string[] {
  return text.match(new RegExp(`(?:\\\\.|[^\\\\${separator}])+`, 'gs')) ?? [];
}

function unescape(text: string): string {
  return text.replace(/((?:\\[0-9a-f]{2})+)|\\(.)/gi, (_, hex: string | undefined, character: string) =>
    (hex === undefined ? character : Buffer.from(hex.replaceAll('\\', ''), 'hex').toString('utf8')));
}
