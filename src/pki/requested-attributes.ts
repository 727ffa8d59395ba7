import type { CertificateView } from './certificate-view';
import { attributeOid, STRUCTURED_SUBJECT } from './distinguished-name';
import { mappings, memoizeByObject, text, texts } from '../data';
import { goAddress } from '../formats';

/** What a certificate request has for one field of `spec.allowed` of a CertificateRequestPolicy. */
export interface RequestedField {
  /** The path below `spec.allowed`, for example `subject.organizations`. */
  readonly path: string;
  readonly name: string;
  /** Whether a policy allows a list of values; otherwise it allows a single one. */
  readonly isList: boolean;
  /** The field of the Certificate that it comes from. */
  readonly source: string;
  readonly values: ReadonlyArray<string>;
}

/** The fields of `spec.allowed` whose entries are found by object identifier. */
export type OidField = 'otherNames' | 'subject.otherAttributes';

/** Every field of `spec.allowed` that holds texts, empty ones included. Source: approver-policy pkg/internal/approver/allowed/evaluator.go. */
export const requestedFields = memoizeByObject((certificate: CertificateView): ReadonlyArray<RequestedField> => {
  const { spec, subjectParts, dnsNames, ipAddresses } = certificate;
  const attribute = (type: string) => subjectParts.filter((part) => part.type === type).map(({ value }) => value);
  const field = (path: string, values: ReadonlyArray<string>, isList = true, source = `spec.${path}`) => ({
    path, name: path.split('.').at(-1)!, isList, source: isOfSubject(path) && isLiteral(certificate) ? 'spec.literalSubject' : source, values,
  });
  return [
    field('commonName', attribute('CN'), false),
    field('dnsNames', dnsNames),
    field('ipAddresses', ipAddresses.map(goAddress)),
    field('uris', texts(spec['uris'])),
    field('emailAddresses', texts(spec['emailAddresses'])),
    ...STRUCTURED_SUBJECT.map(([name, type]) => field(`subject.${name}`, attribute(type))),
    field('subject.serialNumber', attribute('SERIALNUMBER'), false),
  ];
});

/** The values that a request has for a field, by object identifier. */
export function requestedByOid(field: OidField, { spec, subjectParts }: CertificateView): ReadonlyMap<string, ReadonlyArray<string>> {
  const values = new Map<string, string[]>();
  const add = (oid: string, value: string) => { values.set(oid, [...values.get(oid) ?? [], value]); };
  if (field === 'otherNames') {
    for (const { oid, utf8Value } of mappings(spec['otherNames'])) { add(text(oid), text(utf8Value)); }
  } else {
    for (const { type, value } of subjectParts) {
      if (!NAMED_ATTRIBUTES.has(type)) { add(attributeOid(type), value); }
    }
  }
  return values;
}

/** The field of a Certificate that the entries of a field come from. */
export function sourceOfOids(field: OidField, certificate: CertificateView): string {
  return field === 'otherNames' ? 'spec.otherNames' : isLiteral(certificate) ? 'spec.literalSubject' : 'spec.subject';
}

/** Whether an attribute of a subject has a field of its own in a policy. */
export function hasPolicyField(oid: string): boolean {
  return NAMED_OIDS.has(oid);
}

const NAMED_ATTRIBUTES = new Set(['CN', 'SERIALNUMBER', ...STRUCTURED_SUBJECT.map(([, type]) => type)]);
const NAMED_OIDS = new Set([...NAMED_ATTRIBUTES].map(attributeOid));

function isOfSubject(path: string): boolean {
  return path === 'commonName' || path.startsWith('subject.');
}

function isLiteral({ spec }: CertificateView): boolean {
  return text(spec['literalSubject']) !== '';
}
