import 'reflect-metadata';
import { createHash, createPublicKey, randomBytes, webcrypto, X509Certificate, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import * as x509 from '@peculiar/x509';
import { content, elements, objectIdentifier, sequence, tlv } from './der';
import { encodeSubject } from './distinguished-name';
import type { CertificateSpec, IssuerManifest, NameConstraintItems } from './manifests';

/** Who signs: a CA, or the subject itself. */
export interface Signer {
  readonly key: KeyObject;
  readonly certificate?: X509Certificate;
  /** What the issuer adds to every certificate. */
  readonly pointers?: IssuerPointers;
}

/** URLs of an issuer for its revocations and its own certificate. */
export type IssuerPointers = Pick<NonNullable<IssuerManifest['spec']['ca']>, 'crlDistributionPoints' | 'ocspServers' | 'issuingCertificateURLs'>;

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A certificate as cert-manager's CA and SelfSigned issuers sign it. Source: cert-manager pkg/util/pki, Go's x509.CreateCertificate. */
export async function signCertificate(spec: CertificateSpec, key: KeyObject, validity: Validity, signer: Signer): Promise<X509Certificate> {
  const issuer = signer.certificate === undefined ? undefined : new x509.X509Certificate(signer.certificate.raw);
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const subject = encodeSubject(spec);
  const signed = await x509.X509CertificateGenerator.create({
    serialNumber: randomBytes(16).toString('hex'),
    subject: new x509.Name(subject),
    issuer: issuer?.subjectName ?? new x509.Name(subject),
    ...validity,
    publicKey: spki,
    signingKey: await importSigningKey(signer.key),
    signingAlgorithm: signatureAlgorithm(signer.key),
    extensions: extensions(spec, spki, isEmptySequence(subject), issuer, signer.pointers ?? {}),
  });
  return new X509Certificate(Buffer.from(signed.rawData));
}

const KEY_USAGES: Readonly<Record<string, x509.KeyUsageFlags>> = {
  'signing': x509.KeyUsageFlags.digitalSignature,
  'digital signature': x509.KeyUsageFlags.digitalSignature,
  'content commitment': x509.KeyUsageFlags.nonRepudiation,
  'key encipherment': x509.KeyUsageFlags.keyEncipherment,
  'key agreement': x509.KeyUsageFlags.keyAgreement,
  'data encipherment': x509.KeyUsageFlags.dataEncipherment,
  'cert sign': x509.KeyUsageFlags.keyCertSign,
  'crl sign': x509.KeyUsageFlags.cRLSign,
  'encipher only': x509.KeyUsageFlags.encipherOnly,
  'decipher only': x509.KeyUsageFlags.decipherOnly,
};

const EXTENDED_KEY_USAGES: Readonly<Record<string, string>> = {
  'any': '2.5.29.37.0',
  'server auth': '1.3.6.1.5.5.7.3.1',
  'client auth': '1.3.6.1.5.5.7.3.2',
  'code signing': '1.3.6.1.5.5.7.3.3',
  'email protection': '1.3.6.1.5.5.7.3.4',
  's/mime': '1.3.6.1.5.5.7.3.4',
  'ipsec end system': '1.3.6.1.5.5.7.3.5',
  'ipsec tunnel': '1.3.6.1.5.5.7.3.6',
  'ipsec user': '1.3.6.1.5.5.7.3.7',
  'timestamping': '1.3.6.1.5.5.7.3.8',
  'ocsp signing': '1.3.6.1.5.5.7.3.9',
  'microsoft sgc': '1.3.6.1.4.1.311.10.3.3',
  'netscape sgc': '2.16.840.1.113730.4.1',
};

/** The order is that of Go's `buildCertExtensions`; cert-manager hands the SANs over as an extra extension, so they come last. */
function extensions(
  spec: CertificateSpec, spki: Buffer, subjectIsEmpty: boolean, issuer: x509.X509Certificate | undefined, pointers: IssuerPointers,
): x509.Extension[] {
  const usages = spec.usages?.length ? spec.usages : ['digital signature', 'key encipherment'];
  const unknown = usages.find((usage) => !(usage in KEY_USAGES) && !(usage in EXTENDED_KEY_USAGES));
  if (unknown !== undefined) { throw new Error(`unknown usage '${unknown}'`); }
  const keyUsage = usages.reduce((flags, usage) => flags | (KEY_USAGES[usage] ?? 0), spec.isCA ? x509.KeyUsageFlags.keyCertSign : 0);
  const extended = usages.filter((usage) => usage in EXTENDED_KEY_USAGES).map((usage) => EXTENDED_KEY_USAGES[usage]!);
  const authorityKeyId = issuer?.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
  const names = subjectAlternativeNames(spec);
  return [
    ...(keyUsage === 0 ? [] : [new x509.KeyUsagesExtension(keyUsage, true)]),
    ...(extended.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension(extended)]),
    new x509.BasicConstraintsExtension(spec.isCA ?? false, undefined, true),
    ...(spec.isCA ? [new x509.SubjectKeyIdentifierExtension(keyIdentifier(spki))] : []),
    ...(authorityKeyId === undefined ? [] : [new x509.AuthorityKeyIdentifierExtension(authorityKeyId)]),
    ...authorityInformation(pointers),
    ...nameConstraints(spec.nameConstraints),
    ...crlDistributionPoints(pointers),
    ...(names.length === 0 ? [] : [new x509.Extension('2.5.29.17', subjectIsEmpty, sequence(...names))]),
  ];
}

/** SHA-256 of the key, shortened to the length of a SHA-1: RFC 7093 §2, method 1, which Go follows since 1.25. */
function keyIdentifier(spki: Buffer): string {
  const [, bits] = elements(content(spki));
  // The first byte counts unused bits.
  return createHash('sha256').update(content(bits!).subarray(1)).digest('hex').slice(0, 40);
}

/** RFC 5280 §4.2.2.1. */
function authorityInformation({ ocspServers = [], issuingCertificateURLs = [] }: IssuerPointers): x509.Extension[] {
  const access = (method: string, url: string): Buffer => sequence(objectIdentifier(method), uri(url));
  const all = [
    ...ocspServers.map((url) => access('1.3.6.1.5.5.7.48.1', url)),
    ...issuingCertificateURLs.map((url) => access('1.3.6.1.5.5.7.48.2', url)),
  ];
  return all.length === 0 ? [] : [new x509.Extension('1.3.6.1.5.5.7.1.1', false, sequence(...all))];
}

/** RFC 5280 §4.2.1.13. */
function crlDistributionPoints({ crlDistributionPoints: urls = [] }: IssuerPointers): x509.Extension[] {
  const points = urls.map((url) => sequence(tlv(0xa0, tlv(0xa0, uri(url)))));
  return points.length === 0 ? [] : [new x509.Extension('2.5.29.31', false, sequence(...points))];
}

function uri(text: string): Buffer {
  return tlv(0x86, Buffer.from(text));
}

/** GeneralNames in the order of cert-manager's pkg/util/pki/sans.go. */
function subjectAlternativeNames(spec: CertificateSpec): Buffer[] {
  return [
    ...(spec.dnsNames ?? []).map((name) => tlv(0x82, Buffer.from(name))),
    ...(spec.emailAddresses ?? []).map((address) => tlv(0x81, Buffer.from(address))),
    ...(spec.ipAddresses ?? []).map((address) => tlv(0x87, addressBytes(address))),
    ...(spec.uris ?? []).map(uri),
    ...(spec.otherNames ?? []).map(({ oid, utf8Value }) => tlv(0xa0, objectIdentifier(oid), tlv(0xa0, tlv(0x0c, Buffer.from(utf8Value))))),
  ];
}

/** The 4 or 16 bytes of an address; one that is mapped from IPv4 is written as IPv4. */
function addressBytes(address: string): Buffer {
  if (isIPv4(address)) { return Buffer.from(address.split('.').map(Number)); }
  // The URL parser writes every IPv6 address in one way.
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const words = [...left!, ...Array<string>(8 - left!.length - right!.length).fill('0'), ...right!];
  const bytes = Buffer.from(words.map((word) => word.padStart(4, '0')).join(''), 'hex');
  return bytes.subarray(0, 12).toString('hex') === '00000000000000000000ffff' ? bytes.subarray(12) : bytes;
}

/** RFC 5280 §4.2.1.10. */
function nameConstraints({ critical = false, permitted, excluded }: NonNullable<CertificateSpec['nameConstraints']> = {}): x509.Extension[] {
  const subtrees = (tag: number, items: NameConstraintItems | undefined): Buffer[] => {
    const bases = items === undefined ? [] : constraintBases(items);
    return bases.length === 0 ? [] : [tlv(tag, ...bases.map((base) => sequence(base)))];
  };
  const sides = [...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)];
  return sides.length === 0 ? [] : [new x509.Extension('2.5.29.30', critical, sequence(...sides))];
}

function constraintBases(items: NameConstraintItems): Buffer[] {
  return [
    ...(items.dnsDomains ?? []).map((name) => tlv(0x82, Buffer.from(name))),
    ...(items.ipRanges ?? []).map((range) => tlv(0x87, ...addressAndMask(range))),
    ...(items.emailAddresses ?? []).map((name) => tlv(0x81, Buffer.from(name))),
    ...(items.uriDomains ?? []).map((name) => tlv(0x86, Buffer.from(name))),
  ];
}

function addressAndMask(range: string): [Buffer, Buffer] {
  const [address, prefix] = range.split('/') as [string, string];
  const bytes = addressBytes(address);
  const mask = Buffer.from(bytes.map((_, index) => 0xff00 >> Math.min(8, Math.max(0, Number(prefix) - index * 8))));
  return [bytes.map((byte, index) => byte & mask[index]!) as Buffer, mask];
}

function isEmptySequence(der: Buffer): boolean {
  return der.length === 2;
}

type SigningAlgorithm = { readonly name: string; readonly hash?: string; readonly namedCurve?: string };

/** cert-manager lets the signer's key decide (signatureAlgorithmFromPublicKey in pkg/util/pki/csr.go), not the Certificate. */
function signatureAlgorithm(key: KeyObject): SigningAlgorithm {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return { name: 'RSASSA-PKCS1-v1_5', hash: modulusLength >= 4096 ? 'SHA-512' : modulusLength >= 3072 ? 'SHA-384' : 'SHA-256' };
    case 'ec':
      switch (namedCurve) {
        case 'secp384r1': return { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
        case 'secp521r1': return { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' };
        default: return { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
      }
    case 'ed25519':
      return { name: 'Ed25519' };
    default:
      throw new Error(`cannot sign with a key of type '${key.asymmetricKeyType}'`);
  }
}

function importSigningKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const der = key.export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, signatureAlgorithm(key), false, ['sign']);
}
