import { isIPv4 } from 'node:net';
import { mapping, Mapping, mappings, text, texts } from '../data';
import { toManifest } from '../kubernetes';
import { CertificateView, subjectOf } from '../pki';

/** Subject attributes with a field in a policy, by short name or object identifier. */
const SUBJECT_FIELDS: Readonly<Record<string, string>> = {
  'C': 'countries', 'O': 'organizations', 'OU': 'organizationalUnits', 'L': 'localities', 'ST': 'provinces', 'STREET': 'streetAddresses',
  'POSTALCODE': 'postalCodes', '2.5.4.17': 'postalCodes',
};

/** Object identifiers of attributes without a field. */
const OTHER_ATTRIBUTES: Readonly<Record<string, string>> = { DC: '0.9.2342.19200300.100.1.25', UID: '0.9.2342.19200300.100.1.1' };

const DEFAULT_SIZES: Readonly<Record<string, number>> = { RSA: 2048, ECDSA: 256 };

/** The `spec` of a policy that allows exactly one Certificate, in its namespace and from its issuer. */
export function certificateRequestPolicySpec(manifest: Mapping): object {
  const certificate = new CertificateView(toManifest('', manifest));
  const { spec, at, issuerRef } = certificate;
  return {
    allowed: {
      ...subject(spec),
      ...listed('dnsNames', texts(spec['dnsNames'])),
      ...listed('ipAddresses', texts(spec['ipAddresses']).map(goAddress)),
      ...listed('uris', texts(spec['uris'])),
      ...listed('emailAddresses', texts(spec['emailAddresses'])),
      otherNames: grouped(mappings(spec['otherNames']).map(({ oid, utf8Value }) => [text(oid), text(utf8Value)])),
      isCA: certificate.isCa ? true : undefined,
      usages: certificate.usages,
    },
    constraints: {
      // Without a duration the request has none, and a policy with bounds denies such a request.
      ...(spec['duration'] === undefined ? {} : { minDuration: spec['duration'], maxDuration: spec['duration'] }),
      privateKey: privateKey(certificate),
    },
    selector: { issuerRef, namespace: at.namespace === undefined ? undefined : { matchNames: [at.namespace] } },
  };
}

function subject(spec: Mapping): object {
  const parts = subjectOf(spec);
  const valuesOf = (type: string) => parts.filter((part) => part.type === type).map(({ value }) => value);
  const fields = new Map<string, string[]>();
  for (const { type, value } of parts) {
    const field = SUBJECT_FIELDS[type];
    if (field !== undefined) { fields.set(field, [...(fields.get(field) ?? []), value]); }
  }
  const other = parts.filter(({ type }) => SUBJECT_FIELDS[type] === undefined && type !== 'CN' && type !== 'SERIALNUMBER');
  const named = {
    ...Object.assign({}, ...[...fields].map(([field, values]) => listed(field, values))),
    ...single('serialNumber', valuesOf('SERIALNUMBER')),
    otherAttributes: grouped(other.map(({ type, value }) => [OTHER_ATTRIBUTES[type] ?? type, value])),
  };
  return { ...single('commonName', valuesOf('CN')), ...(Object.values(named).some((value) => value !== undefined) ? { subject: named } : {}) };
}

function single(field: string, [value]: string[]): object {
  return value === undefined ? {} : { [field]: value.includes('*') ? { required: true, validations: [exactly([value])] } : { required: true, value } };
}

function listed(field: string, values: string[]): object {
  return values.length === 0 ? {} : { [field]: allowing(values) };
}

/** An asterisk in `values` matches any text (approver-policy pkg/internal/util/wildcard.go), so such names are compared with a validation rule. */
function allowing(values: string[]): object {
  const distinct = [...new Set(values)].sort();
  return distinct.some((value) => value.includes('*')) ? { required: true, validations: [exactly(distinct)] } : { required: true, values: distinct };
}

function exactly(values: string[]): object {
  return { rule: `self in [${values.map((value) => JSON.stringify(value)).join(', ')}]`, message: 'is not declared' };
}

function grouped(entries: ReadonlyArray<readonly [string, string]>): object[] | undefined {
  const oids = [...new Set(entries.map(([oid]) => oid))];
  return oids.length === 0 ? undefined : oids.map((oid) => ({ oid, ...allowing(entries.filter(([other]) => other === oid).map(([, value]) => value)) }));
}

function privateKey({ spec, keyAlgorithm }: CertificateView): object {
  const { size } = mapping(spec['privateKey']);
  const bits = keyAlgorithm === 'Ed25519' ? undefined : Number(size) || DEFAULT_SIZES[keyAlgorithm];
  return { algorithm: keyAlgorithm, minSize: bits, maxSize: bits };
}

/** An address as Go prints it, which approver-policy compares: RFC 5952, with IPv4-mapped IPv6 addresses as IPv4. */
function goAddress(address: string): string {
  if (isIPv4(address)) { return address; }
  try {
    const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
    const mapped = canonical.match(/^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/);
    return mapped ? mapped.slice(1).flatMap((part) => [parseInt(part, 16) >> 8, parseInt(part, 16) & 255]).join('.') : canonical;
  } catch {
    // Not an address, which PGTLS-B04 reports.
    return address;
  }
}
