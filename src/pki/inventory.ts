import { CertificateView } from './certificate-view';
import { groupBy } from '../data';
import { IssuerView } from './issuer-view';
import { certificateSecret, declaredSecret, Manifest, podTemplateOf, PodView, SecretDeclaration } from '../kubernetes';
import { OutputFile, ProofOptions } from '../verification';
import { TrustView, trustsOf } from './trust-view';
import { CertManagerVersion } from './cert-manager-version';
import type { ChangeConsent } from '../rules';

/** What is known of the cluster. */
export interface ClusterAssumptions {
  readonly certManagerVersion: CertManagerVersion;
  readonly clusterResourceNamespace: string;
  readonly trustNamespace: string;
  /** What is in force; undefined where nobody has said. */
  readonly committed?: Inventory;
  /** Changes that are made on purpose. */
  readonly consents: ReadonlyArray<ChangeConsent>;
  /** The file that each object is written to, where that is known. */
  readonly outputFiles?: ReadonlyMap<Manifest, OutputFile>;
}

export function clusterAssumptions(options: ProofOptions = {}): ClusterAssumptions {
  const now = {
    certManagerVersion: options.certManagerVersion ?? CertManagerVersion.V1_18,
    clusterResourceNamespace: options.clusterResourceNamespace ?? 'cert-manager',
    trustNamespace: options.trustNamespace ?? 'cert-manager',
    consents: options.consents ?? [],
  };
  return { ...now, committed: options.committed && new Inventory(options.committed._objects, now) };
}

/** Everything that will be written, found by what it is and by what it refers to. All look-ups are built once, on first use. */
export class Inventory {
  public readonly certificates: ReadonlyArray<CertificateView>;
  public readonly issuers: ReadonlyArray<IssuerView>;
  public readonly pods: ReadonlyArray<PodView>;

  private knownTrusts: ReadonlyArray<TrustView> | undefined;
  private readonly byKind: ReadonlyMap<string, Manifest[]>;
  private readonly byName: ReadonlyMap<string, Manifest[]>;
  private readonly issuerByName: ReadonlyMap<string, IssuerView>;
  private readonly issuersByName: ReadonlyMap<string, IssuerView[]>;
  private readonly certificateByName: ReadonlyMap<string, CertificateView>;
  private readonly writers: ReadonlyMap<string, CertificateView[]>;
  private readonly declaredSecrets: ReadonlyMap<string, SecretDeclaration[]>;
  private secretsByName: ReadonlyMap<string, SecretDeclaration[]> | undefined;
  private readonly writersByName: ReadonlyMap<string, CertificateView[]>;
  private readonly issuersBySecret: ReadonlyMap<string, IssuerView[]>;
  private readonly certificatesByIssuer: ReadonlyMap<string, CertificateView[]>;

  public constructor(public readonly objects: ReadonlyArray<Manifest>, public readonly assumptions: ClusterAssumptions) {
    this.byKind = groupBy(objects, ({ group, kind }) => key(group, kind));
    this.byName = groupBy(objects, ({ group, kind, namespace, name }) => key(group, kind, namespace, name));
    this.certificates = this.ofKind('cert-manager.io', 'Certificate').map((object) => new CertificateView(object, this));
    this.issuers = ['Issuer', 'ClusterIssuer'].flatMap((kind) => this.ofKind('cert-manager.io', kind)).map((object) => new IssuerView(object, this));
    this.issuersByName = groupBy(this.issuers, (issuer) => key(issuer.at.kind, issuer.at.name));
    const secrets = objects.flatMap((object) => declaredSecret(object) ?? []);
    this.declaredSecrets = groupBy(secrets, ({ isAnywhere, namespace, name }) => key(isAnywhere ? '*' : namespace, name));
    this.issuerByName = new Map(this.issuers.map((issuer) => [issuerKey(issuer.at.kind, issuer.at.namespace, issuer.at.name), issuer]));
    this.certificateByName = new Map(this.certificates.map((certificate) => [key(certificate.at.namespace, certificate.at.name), certificate]));
    this.writers = groupBy(this.certificates, (certificate) => key(certificate.at.namespace, certificate.secretName));
    this.writersByName = groupBy(this.certificates, ({ secretName }) => secretName);
    const signing = this.issuers.filter(({ caSecretName }) => caSecretName);
    this.issuersBySecret = groupBy(signing, ({ secretNamespace, caSecretName }) => key(secretNamespace, caSecretName));
    const ours = this.certificates.filter(({ issuerRef }) => issuerRef.group === 'cert-manager.io');
    this.certificatesByIssuer = groupBy(ours, ({ issuerRef, at }) => issuerKey(issuerRef.kind, at.namespace, issuerRef.name));
    this.pods = objects.flatMap((object) => {
      const template = podTemplateOf(object);
      return template === undefined ? [] : [new PodView(object, template)];
    });
  }

  /** Everything that brings certificates of authorities to those who trust them. */
  public get trusts(): ReadonlyArray<TrustView> {
    return this.knownTrusts ??= trustsOf(this);
  }

  /** Every object of a kind, in the order of the tree. */
  public ofKind(group: string, kind: string): ReadonlyArray<Manifest> {
    return this.byKind.get(key(group, kind)) ?? [];
  }

  /** The first object of that name. */
  public find(group: string, kind: string, namespace: string | undefined, name: string): Manifest | undefined {
    return this.byName.get(key(group, kind, namespace, name))?.[0];
  }

  public findIssuer(kind: string, namespace: string | undefined, name: string): IssuerView | undefined {
    return this.issuerByName.get(issuerKey(kind, namespace, name));
  }

  /** Every issuer of a kind and name, whatever its namespace. */
  public issuersNamed(kind: string, name: string): ReadonlyArray<IssuerView> {
    return this.issuersByName.get(key(kind, name)) ?? [];
  }

  /** What makes a Secret of that name in that namespace, Certificates aside. */
  public secretsDeclared(namespace: string | undefined, name: string): ReadonlyArray<SecretDeclaration> {
    return this.declaredSecrets.get(key(namespace, name)) ?? [];
  }

  /** What makes a Secret of that name in any namespace, Certificates included. */
  public secretsNamed(name: string): ReadonlyArray<SecretDeclaration> {
    this.secretsByName ??= groupBy([...[...this.declaredSecrets.values()].flat(), ...this.certificates.map(certificateSecret)], (secret) => secret.name);
    return this.secretsByName.get(name) ?? [];
  }

  public findCertificate(namespace: string | undefined, name: string): CertificateView | undefined {
    return this.certificateByName.get(key(namespace, name));
  }

  /** The Certificates that write a Secret: one, unless something is wrong. */
  public writersOf(namespace: string | undefined, secretName: string): ReadonlyArray<CertificateView> {
    return this.writers.get(key(namespace, secretName)) ?? [];
  }

  /** The Certificates that write a Secret of that name in any namespace. */
  public writersAnywhere(secretName: string): ReadonlyArray<CertificateView> {
    return this.writersByName.get(secretName) ?? [];
  }

  /** The issuers of type `ca` that sign with a Secret. */
  public issuersWith(namespace: string | undefined, secretName: string): ReadonlyArray<IssuerView> {
    return this.issuersBySecret.get(key(namespace, secretName)) ?? [];
  }

  /** The Certificates that an issuer of the app signs. */
  public certificatesOf({ at: { kind, namespace, name } }: IssuerView): ReadonlyArray<CertificateView> {
    return this.certificatesByIssuer.get(issuerKey(kind, namespace, name)) ?? [];
  }
}

/** A ClusterIssuer serves every namespace. */
function issuerKey(kind: string, namespace: string | undefined, name: string): string {
  return key(kind, kind === 'ClusterIssuer' ? undefined : namespace, name);
}

function key(first: string | undefined, second: string | undefined, third?: string, fourth?: string): string {
  return `${first ?? ''}/${second ?? ''}/${third ?? ''}/${fourth ?? ''}`;
}
