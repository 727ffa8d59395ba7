import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import 'reflect-metadata';
import { content, elements, parseCertificates } from '../../local';

/** What Certificates lay down of a Secret: everything but keys, serial numbers and points in time. */
export interface SecretFingerprint {
  readonly keys: readonly string[];
  readonly privateKey: object;
  readonly chain: readonly object[];
  readonly ca: object | undefined;
  readonly combined: boolean | undefined;
  readonly der: boolean | undefined;
}

export function secretFingerprint(data: Readonly<Record<string, Buffer>>): SecretFingerprint {
  const text = (key: string): string => data[key]?.toString() ?? '';
  const key = createPrivateKey(text('tls.key'));
  const chain = parseCertificates(text('tls.crt'));
  const [ca] = parseCertificates(text('ca.crt'));
  const { publicExponent, ...details } = key.asymmetricKeyDetails ?? {};
  return {
    keys: Object.keys(data).sort(),
    privateKey: { header: text('tls.key').split('\n')[0], type: key.asymmetricKeyType, exponent: publicExponent?.toString(), ...details, fits: chain[0]!.checkPrivateKey(key) },
    chain: chain.map((certificate) => certificateFingerprint(certificate, [...chain, ...(ca ? [ca] : [])])),
    ca: ca && certificateFingerprint(ca, [ca]),
    combined: data['tls-combined.pem'] && text('tls-combined.pem') === `${text('tls.key')}\n${text('tls.crt')}`,
    der: data['key.der'] && data['key.der'].equals(Buffer.from(text('tls.key').replace(/-----[^-]+-----|\n/g, ''), 'base64')),
  };
}

function certificateFingerprint(certificate: X509Certificate, known: readonly X509Certificate[]): object {
  const parsed = new x509.X509Certificate(certificate.raw);
  const signer = known.find((candidate) => certificate.checkIssued(candidate) && certificate.verify(candidate.publicKey));
  const { publicExponent: _, ...details } = certificate.publicKey.asymmetricKeyDetails ?? {};
  return {
    subject: hex(parsed.subjectName.toArrayBuffer()),
    issuer: hex(parsed.issuerName.toArrayBuffer()),
    seconds: (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 1000,
    signature: signatureOf(certificate.raw),
    publicKey: { type: certificate.publicKey.asymmetricKeyType, ...details },
    extensions: parsed.extensions.map(({ type, critical, value }) => `${type}${critical ? ' critical' : ''} ${masked(type, hex(value), certificate, signer)}`),
  };
}

/** An identifier of a key is replaced by the name of its key, since keys differ. */
function masked(type: string, value: string, certificate: X509Certificate, signer: X509Certificate | undefined): string {
  const of = (subject: X509Certificate | undefined): string[][] => {
    if (subject === undefined) { return []; }
    const bits = bitsOf(subject.publicKey.export({ format: 'der', type: 'spki' }));
    return [['SHA-1', createHash('sha1').update(bits).digest('hex')], ['SHA-256, shortened', createHash('sha256').update(bits).digest('hex').slice(0, 40)]];
  };
  const name = (prefix: string, subject: X509Certificate | undefined, whose: string): string =>
    of(subject).filter(([, digest]) => value === prefix + digest).map(([algorithm]) => `${algorithm} of ${whose} key`)[0] ?? value;
  if (type === '2.5.29.14') { return name('0414', certificate, 'its own'); }
  if (type === '2.5.29.35') { return name('30168014', signer, "the signer's"); }
  return value;
}

/** The subject public key's BIT STRING without the count of unused bits. */
function bitsOf(spki: Buffer): Buffer {
  return content(elements(content(spki))[1]!).subarray(1);
}

/** The algorithm identifier that stands beside the signature. */
function signatureOf(certificate: Buffer): string {
  return hex(elements(content(certificate))[1]!);
}

function hex(bytes: ArrayBuffer | Buffer): string {
  return Buffer.from(bytes as ArrayBuffer).toString('hex');
}
