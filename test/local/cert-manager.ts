import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { find, findAll, type CertificateManifest, type CertificateSpec, type IssuerManifest, type LocalSecret, type Manifest } from './manifests';
import { encodePrivateKey, generatePrivateKey } from './private-key';
import { signCertificate, type IssuerPointers, type Signer, type Validity } from './sign-certificate';

/** What a certificate out of line may change of the Certificate it resembles. */
export interface IssueOverrides extends Partial<CertificateSpec> {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Another CA than the one the Certificate names. */
  readonly ca?: LocalSecret;
}

/** A CA that nothing in the documents knows: the stranger's, or the one behind a ClusterIssuer of the platform. */
export async function createCa(name = 'stranger-ca', overrides: Omit<IssueOverrides, 'ca'> = {}): Promise<LocalSecret> {
  const spec: CertificateSpec = {
    secretName: name,
    issuerRef: { name: 'none' },
    commonName: name,
    isCA: true,
    duration: '87600h',
    privateKey: { algorithm: 'ECDSA' },
    ...overrides,
  };
  const key = await generatePrivateKey(spec.privateKey);
  return issueSecret(spec, key, validity(spec, overrides), {});
}

/** Does for the Issuers and Certificates of a set of documents what cert-manager's controllers do in a cluster, on request. */
export class LocalCertManager {
  private readonly issuers = new Map<string, IssuerManifest['spec']>();
  private readonly cas = new Map<string, LocalSecret>();
  private readonly certificates: readonly CertificateManifest[];
  private readonly stored = new Map<string, LocalSecret>();

  /** `secrets` are those that exist beforehand, such as the key pair of a user's own CA. */
  constructor(documents: readonly Manifest[], secrets: readonly LocalSecret[] = []) {
    this.certificates = findAll(documents, 'Certificate');
    for (const issuer of [...findAll(documents, 'Issuer'), ...findAll(documents, 'ClusterIssuer')]) {
      this.issuers.set(`${issuer.kind}/${issuer.metadata.name}`, issuer.spec);
    }
    for (const secret of secrets) { this.stored.set(secret.name, secret); }
    const names = this.certificates.map((certificate) => certificate.spec.secretName);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    // cert-manager serves only the older of the two, and the other is never issued.
    if (twice !== undefined) { throw new Error(`two Certificates write the secret '${twice}'`); }
  }

  /** Gives an issuer that is not among the documents, or of a type that cannot run here, a CA to sign with. */
  registerCa(kind: 'Issuer' | 'ClusterIssuer', name: string, ca: LocalSecret): this {
    this.cas.set(`${kind}/${name}`, ca);
    return this;
  }

  /** Issues every Certificate, CAs first, and returns all Secrets. */
  async issueAll(): Promise<LocalSecret[]> {
    let pending = [...this.certificates];
    while (pending.length > 0) {
      const awaited = new Set(pending.map((certificate) => certificate.spec.secretName));
      const ready = pending.filter(({ spec }) => {
        const source = this.caSecretName(spec);
        return source === undefined || !awaited.has(source);
      });
      if (ready.length === 0) { throw new Error(`certificates wait for each other: ${pending.map(({ metadata }) => metadata.name).join(', ')}`); }
      const issued = await Promise.all(ready.map(async ({ spec }) =>
        issueSecret(spec, await generatePrivateKey(spec.privateKey), validity(spec), this.issuingCaFor(spec))));
      for (const secret of issued) { this.stored.set(secret.name, secret); }
      pending = pending.filter((certificate) => !ready.includes(certificate));
    }
    return this.secrets;
  }

  get secrets(): LocalSecret[] {
    return [...this.stored.values()];
  }

  secret(name: string): LocalSecret {
    const secret = this.stored.get(name);
    if (secret === undefined) { throw new Error(`there is no secret '${name}'`); }
    return secret;
  }

  /** Renews one Certificate now. What it signed before stays as it is: cert-manager re-issues no leaf when its CA changes. */
  async renew(certificateName: string): Promise<LocalSecret> {
    const { spec } = this.certificate(certificateName);
    // The default is Always since cert-manager 1.18.
    const key = spec.privateKey?.rotationPolicy === 'Never'
      ? createPrivateKey(this.secret(spec.secretName).data['tls.key']!)
      : await generatePrivateKey(spec.privateKey);
    const renewed = await issueSecret(spec, key, validity(spec), this.issuingCaFor(spec));
    this.stored.set(spec.secretName, renewed);
    return renewed;
  }

  /** A certificate like that of a Certificate but for the overrides, with a key of its own; nothing is stored. */
  async issue(certificateName: string, overrides: IssueOverrides = {}): Promise<LocalSecret> {
    const { ca, notBefore, notAfter, ...changes } = overrides;
    const spec: CertificateSpec = { ...this.certificate(certificateName).spec, ...changes };
    const key = await generatePrivateKey(spec.privateKey);
    return issueSecret(spec, key, validity(spec, { notBefore, notAfter }), ca === undefined ? this.issuingCaFor(spec) : { secret: ca });
  }

  private certificate(name: string): CertificateManifest {
    return find(this.certificates, 'Certificate', name);
  }

  private issuer({ issuerRef }: CertificateSpec): { readonly id: string; readonly spec?: IssuerManifest['spec'] } {
    const id = `${issuerRef.kind ?? 'Issuer'}/${issuerRef.name}`;
    return { id, spec: this.issuers.get(id) };
  }

  /** The Secret of the documents' own CA that signs a certificate, if it is one of those. */
  private caSecretName(spec: CertificateSpec): string | undefined {
    const issuer = this.issuer(spec);
    return this.cas.has(issuer.id) ? undefined : issuer.spec?.ca?.secretName;
  }

  /** Who signs a certificate. */
  private issuingCaFor(spec: CertificateSpec): IssuingCa {
    const issuer = this.issuer(spec);
    const registered = this.cas.get(issuer.id);
    if (registered !== undefined) { return { secret: registered, isAcme: issuer.spec?.acme !== undefined }; }
    const { selfSigned, ca } = issuer.spec ?? {};
    if (selfSigned !== undefined) { return { pointers: { crlDistributionPoints: selfSigned.crlDistributionPoints } }; }
    if (ca !== undefined) { return { secret: this.secret(ca.secretName), pointers: ca }; }
    throw new Error(`${issuer.id} is ${issuer.spec === undefined ? 'not among the documents' : 'neither selfSigned nor ca'}: registerCa() a stand-in`);
  }
}

/** Who signs a certificate, and what the issuer adds. */
interface IssuingCa {
  /** Undefined where the certificate signs itself. */
  readonly secret?: LocalSecret;
  readonly pointers?: IssuerPointers;
  /** Whether it stands for an ACME server: the certificate has the validated names only, and no root. Source: cert-manager pkg/controller/certificaterequests/acme/acme.go. */
  readonly isAcme?: boolean;
}

/** The certificates of a PEM text, in its order. */
export function parseCertificates(pem: string): X509Certificate[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((block) => new X509Certificate(block));
}

async function issueSecret(spec: CertificateSpec, key: KeyObject, period: Validity, { secret: ca, pointers, isAcme = false }: IssuingCa): Promise<LocalSecret> {
  const signer = { ...(ca === undefined ? { key } : readSigner(ca)), pointers };
  const leaf = await signCertificate(isAcme ? { ...spec, commonName: undefined } : spec, key, period, signer);
  const { chain, root } = ca === undefined ? { chain: [leaf], root: leaf } : assembleChain(leaf, ca);
  const certificates = chain.map(String).join('');
  const privateKey = encodePrivateKey(key, spec.privateKey?.encoding);
  const asked = (format: string): boolean => spec.additionalOutputFormats?.some(({ type }) => type === format) ?? false;
  return {
    name: spec.secretName,
    data: {
      'tls.crt': certificates,
      'tls.key': privateKey,
      ...(isAcme ? {} : { 'ca.crt': String(root) }),
      // Source of both formats: cert-manager pkg/controller/certificates/issuing/internal/secret.go.
      ...(asked('CombinedPEM') ? { 'tls-combined.pem': `${privateKey}\n${certificates}` } : {}),
    },
    ...(asked('DER') ? { binary: { 'key.der': Buffer.from(privateKey.replace(/-----[^-]+-----|\n/g, ''), 'base64') } } : {}),
  };
}

function readSigner({ name, data }: LocalSecret): Signer {
  const [certificate] = parseCertificates(data['tls.crt'] ?? '');
  // The same words as the condition of an Issuer that cert-manager holds for not ready (pkg/issuer/ca/setup.go).
  if (certificate === undefined || !certificate.ca) { throw new Error(`secret '${name}': certificate is not a CA`); }
  return { key: createPrivateKey(data['tls.key'] ?? ''), certificate };
}

/**
 * Walks from the leaf to the top of what the CA's Secret knows. A self-signed root is left out of `tls.crt`; where no root is known,
 * the topmost intermediate is in both. Source: cert-manager pkg/util/pki/parse_certificate_chain.go.
 */
function assembleChain(leaf: X509Certificate, ca: LocalSecret): { readonly chain: X509Certificate[]; readonly root: X509Certificate } {
  const known = [...parseCertificates(ca.data['tls.crt'] ?? ''), ...parseCertificates(ca.data['ca.crt'] ?? '')];
  const chain = [leaf];
  for (;;) {
    const last = chain.at(-1)!;
    const issuer = isSelfSigned(last) ? undefined : known.find((candidate) => last.checkIssued(candidate) && last.verify(candidate.publicKey));
    if (issuer === undefined) { break; }
    chain.push(issuer);
  }
  const root = chain.at(-1)!;
  return { chain: isSelfSigned(root) && chain.length > 1 ? chain.slice(0, -1) : chain, root };
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
}

function validity(spec: CertificateSpec, { notBefore, notAfter }: Partial<Validity> = {}): Validity {
  // X.509 times have whole seconds; cert-manager does not back-date.
  const start = new Date(Math.floor((notBefore ?? new Date()).getTime() / 1000) * 1000);
  return { notBefore: start, notAfter: notAfter ?? new Date(start.getTime() + parseGoDuration(spec.duration ?? '2160h')) };
}

/** Milliseconds of a Go duration such as `2160h0m0s`. */
export function parseGoDuration(text: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) { throw new Error(`'${text}' is not a Go duration`); }
  return [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit!]!, 0);
}
