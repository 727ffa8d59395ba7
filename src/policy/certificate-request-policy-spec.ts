import { mapping, Mapping } from '../data';
import { toManifest } from '../kubernetes';
import { CertificateView, requestedByOid, requestedFields } from '../pki';

const DEFAULT_SIZES: Readonly<Record<string, number>> = { RSA: 2048, ECDSA: 256 };

/** The `spec` of a policy that allows exactly one Certificate, in its namespace and from its issuer. */
export function certificateRequestPolicySpec(manifest: Mapping): object {
  const certificate = new CertificateView(toManifest('', manifest));
  const { spec, at, issuerRef } = certificate;
  return {
    allowed: {
      ...named(certificate, 'commonName'),
      ...subject(certificate),
      ...named(certificate, 'dnsNames', 'ipAddresses', 'uris', 'emailAddresses'),
      otherNames: grouped(requestedByOid('otherNames', certificate)),
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

/** The conditions for the fields of `allowed` that the request fills, by name. */
function named(certificate: CertificateView, ...fields: string[]): Record<string, object> {
  return Object.fromEntries(requestedFields(certificate).filter(({ path, values }) => fields.includes(path) && values.length > 0)
    .map(({ name, isList, values }) => [name, isList ? allowing(values) : allowingOne(values[0]!)]));
}

function subject(certificate: CertificateView): object {
  const paths = requestedFields(certificate).map(({ path }) => path).filter((path) => path.startsWith('subject.'));
  const conditions = { ...named(certificate, ...paths), otherAttributes: grouped(requestedByOid('subject.otherAttributes', certificate)) };
  return Object.values(conditions).some((condition) => condition !== undefined) ? { subject: conditions } : {};
}

function allowingOne(value: string): object {
  return value.includes('*') ? { required: true, validations: [exactly([value])] } : { required: true, value };
}

/** An asterisk in `values` matches any text (approver-policy pkg/internal/util/wildcard.go), so such names are compared with a validation rule. */
function allowing(values: ReadonlyArray<string>): object {
  const distinct = [...new Set(values)].sort();
  return distinct.some((value) => value.includes('*')) ? { required: true, validations: [exactly(distinct)] } : { required: true, values: distinct };
}

function exactly(values: ReadonlyArray<string>): object {
  return { rule: `self in [${values.map((value) => JSON.stringify(value)).join(', ')}]`, message: 'is not declared' };
}

function grouped(requested: ReadonlyMap<string, ReadonlyArray<string>>): object[] | undefined {
  return requested.size === 0 ? undefined : [...requested].map(([oid, values]) => ({ oid, ...allowing(values) }));
}

function privateKey({ spec, keyAlgorithm }: CertificateView): object {
  const { size } = mapping(spec['privateKey']);
  const bits = keyAlgorithm === 'Ed25519' ? undefined : Number(size) || DEFAULT_SIZES[keyAlgorithm];
  return { algorithm: keyAlgorithm, minSize: bits, maxSize: bits };
}
