import { CertificateView } from './certificate-view';
import type { ClusterAssumptions } from './cluster-assumptions';
import { IssuerView } from './issuer-view';
import { groupBy, isGiven, mapping } from '../data';
import { appliedWith, indexKey, type Manifest, ManifestIndex, type SecretDeclaration } from '../kubernetes';

/** A Certificate among others, with its edges: what signs it, and what it signs. */
export class CertificateNode extends CertificateView {
  // Many rules ask for these.
  private namedIssuer: { readonly issuer: IssuerNode | undefined } | undefined;
  private signer: { readonly certificate: CertificateNode | undefined } | undefined;
  private above: CertificateNode[] | undefined;

  public constructor(at: Manifest, public readonly manifests: IssuanceGraph) {
    super(at);
  }

  public override get rotatesKey(): boolean {
    return super.rotatesKey && (this.manifests.assumptions.rotatesKeys || isGiven(mapping(this.spec['privateKey'])['rotationPolicy']));
  }

  /** The issuer, where it is among the manifests. */
  public get issuer(): IssuerNode | undefined {
    this.namedIssuer ??= { issuer: this.findIssuer() };
    return this.namedIssuer.issuer;
  }

  /** The Certificate that signs this one, where it is among the manifests. */
  public get issuingCa(): CertificateNode | undefined {
    this.signer ??= { certificate: this.issuer?.caCertificate };
    return this.signer.certificate;
  }

  /** The Certificates above this one, the nearest first; a cycle is followed once. */
  public get issuingCas(): CertificateNode[] {
    return this.above ??= this.climb();
  }

  /** The Certificates of an issuer cycle, this one last; empty if the chain above it ends. */
  public get issuerCycle(): CertificateNode[] {
    const above = this.issuingCas;
    return above.slice(0, above.indexOf(this) + 1);
  }

  /** Whether its issuer is selfSigned, as far as the manifests show. */
  public get signsItself(): boolean {
    return this.issuer?.type === 'selfSigned';
  }

  /** The issuers of the app that sign with its key. */
  public get signsFor(): ReadonlyArray<IssuerNode> {
    return this.manifests.issuersWith(this.at.namespace, this.secretName).filter(({ writers }) => writers.includes(this));
  }

  /** The Certificates of the app below this one, at any depth, each once. */
  public get descendants(): CertificateNode[] {
    const below = new Set<CertificateNode>();
    const pending: CertificateNode[] = [this];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const issued = next.signsFor.flatMap((issuer) => [...this.manifests.certificatesOf(issuer)]);
      for (const certificate of issued.filter((candidate) => candidate !== this && !below.has(candidate))) {
        below.add(certificate);
        pending.push(certificate);
      }
    }
    return [...below];
  }

  private findIssuer(): IssuerNode | undefined {
    const { group, kind, name } = this.issuerRef;
    return group === 'cert-manager.io' ? this.manifests.findIssuer(kind, this.at.namespace, name, this.at) : undefined;
  }

  private climb(): CertificateNode[] {
    const above: CertificateNode[] = [];
    for (let next = this.issuingCa; next !== undefined && !above.includes(next); next = next.issuingCa) { above.push(next); }
    return above;
  }
}

/** An Issuer or ClusterIssuer among others, with its edges: the CA certificate that it signs with. */
export class IssuerNode extends IssuerView {
  private secretWriters: ReadonlyArray<CertificateNode> | undefined;

  public constructor(at: Manifest, public readonly manifests: IssuanceGraph) {
    super(at);
  }

  /** Where the Secrets that it refers to are looked up. Source: cert-manager pkg/controller/helper.go, ResourceNamespace. */
  public get secretNamespace(): string | undefined {
    return this.at.kind === 'ClusterIssuer' ? this.manifests.assumptions.clusterResourceNamespace : this.at.namespace;
  }

  /** The CA certificate of an issuer of type `ca`, where it is among the manifests. */
  public get caCertificate(): CertificateNode | undefined {
    // Where several Certificates claim the Secret, which is wrong in itself, the CA certificate is what was meant.
    return this.writers.find(({ isCa }) => isCa) ?? this.writers[0];
  }

  /** The Certificates that write the Secret of an issuer of type `ca`. */
  public get writers(): ReadonlyArray<CertificateNode> {
    return this.secretWriters ??= this.caSecretName ? this.manifests.writersOf(this.secretNamespace, this.caSecretName, this.at) : [];
  }

  /** The CA certificates that write a Secret of the right name where this issuer does not look for it. */
  public get caCertificatesElsewhere(): CertificateNode[] {
    const { caSecretName = '', secretNamespace } = this;
    return this.manifests.writersAnywhere(caSecretName).filter(({ isCa, at: { namespace } }) => isCa && namespace !== secretNamespace);
  }
}

/** Who issues what: the Certificates and issuers among manifests, found by name and by the Secrets that they write and sign with. */
export class IssuanceGraph extends ManifestIndex {
  public readonly certificates: ReadonlyArray<CertificateNode>;
  public readonly issuers: ReadonlyArray<IssuerNode>;

  private readonly issuersByKey: ReadonlyMap<string, IssuerNode[]>;
  private readonly issuersByName: ReadonlyMap<string, IssuerNode[]>;
  private readonly certificateByName: ReadonlyMap<string, CertificateNode[]>;
  private readonly writersBySecret: ReadonlyMap<string, CertificateNode[]>;
  private secretsByName: ReadonlyMap<string, SecretDeclaration[]> | undefined;
  private readonly writersByName: ReadonlyMap<string, CertificateNode[]>;
  private readonly issuersBySecret: ReadonlyMap<string, IssuerNode[]>;
  private readonly certificatesByIssuer: ReadonlyMap<string, CertificateNode[]>;

  public constructor(objects: ReadonlyArray<Manifest>, public readonly assumptions: ClusterAssumptions) {
    super(objects);
    this.certificates = this.ofKind('cert-manager.io', 'Certificate').map((object) => new CertificateNode(object, this));
    this.issuers = ['Issuer', 'ClusterIssuer'].flatMap((kind) => this.ofKind('cert-manager.io', kind)).map((object) => new IssuerNode(object, this));
    this.issuersByName = groupBy(this.issuers, (issuer) => indexKey(issuer.at.kind, issuer.at.name));
    this.issuersByKey = groupBy(this.issuers, (issuer) => issuerKey(issuer.at.kind, issuer.at.namespace, issuer.at.name));
    this.certificateByName = groupBy(this.certificates, ({ at: { namespace, name } }) => indexKey(namespace, name));
    this.writersBySecret = groupBy(this.certificates, (certificate) => indexKey(certificate.at.namespace, certificate.secretName));
    this.writersByName = groupBy(this.certificates, ({ secretName }) => secretName);
    const signing = this.issuers.filter(({ caSecretName }) => caSecretName);
    this.issuersBySecret = groupBy(signing, ({ secretNamespace, caSecretName }) => indexKey(secretNamespace, caSecretName));
    const ours = this.certificates.filter(({ issuerRef }) => issuerRef.group === 'cert-manager.io');
    this.certificatesByIssuer = groupBy(ours, ({ issuerRef, at }) => issuerKey(issuerRef.kind, at.namespace, issuerRef.name));
  }

  /** The issuer of that name; of several, one that is applied together with another object. */
  public findIssuer(kind: string, namespace: string | undefined, name: string, beside?: Manifest): IssuerNode | undefined {
    return appliedWith(this.issuersByKey.get(issuerKey(kind, namespace, name)) ?? [], beside).at(-1);
  }

  /** Every issuer of a kind and name, in all namespaces. */
  public issuersNamed(kind: string, name: string): ReadonlyArray<IssuerNode> {
    return this.issuersByName.get(indexKey(kind, name)) ?? [];
  }

  /** What makes a Secret of that name in any namespace, Certificates included. */
  public secretsNamed(name: string): ReadonlyArray<SecretDeclaration> {
    this.secretsByName ??= groupBy([...[...this.declaredSecrets.values()].flat(), ...this.certificates.map(certificateSecret)], (secret) => secret.name);
    return this.secretsByName.get(name) ?? [];
  }

  public findCertificate(namespace: string | undefined, name: string, beside?: Manifest): CertificateNode | undefined {
    return appliedWith(this.certificateByName.get(indexKey(namespace, name)) ?? [], beside)[0];
  }

  /** The Certificates that write a Secret, if any of them are applied together with another object then those: one, unless something is wrong. */
  public writersOf(namespace: string | undefined, secretName: string, beside?: Manifest): ReadonlyArray<CertificateNode> {
    return appliedWith(this.writersBySecret.get(indexKey(namespace, secretName)) ?? [], beside);
  }

  /** The Certificates that write a Secret of that name in any namespace. */
  public writersAnywhere(secretName: string): ReadonlyArray<CertificateNode> {
    return this.writersByName.get(secretName) ?? [];
  }

  /** The issuers of type `ca` that sign with a Secret. */
  public issuersWith(namespace: string | undefined, secretName: string): ReadonlyArray<IssuerNode> {
    return this.issuersBySecret.get(indexKey(namespace, secretName)) ?? [];
  }

  /** The Certificates that an issuer of the app signs. */
  public certificatesOf(issuer: IssuerNode): ReadonlyArray<CertificateNode> {
    const { kind, namespace, name } = issuer.at;
    const key = issuerKey(kind, namespace, name);
    const certificates = this.certificatesByIssuer.get(key) ?? [];
    const issuers = this.issuersByKey.get(key) ?? [];
    return issuers.length < 2 ? certificates : certificates.filter(({ at }) => appliedWith(issuers, at).includes(issuer));
  }
}

/** The Secret that cert-manager writes for a Certificate. */
function certificateSecret({ at: by, secretName }: CertificateNode): SecretDeclaration {
  return { by, name: secretName, namespace: by.namespace, isAnywhere: false, brings: 'data' };
}

/** A ClusterIssuer serves every namespace. */
function issuerKey(kind: string, namespace: string | undefined, name: string): string {
  return indexKey(kind, kind === 'ClusterIssuer' ? undefined : namespace, name);
}
