import type { CertificateView } from './certificate-view';
import type { Inventory } from './inventory';
import type { Manifest, Located } from '../kubernetes';
import { valueAt, mapping, Mapping, text } from '../data';

/** The types of source that cert-manager has, by the name of their field. */
export const ISSUER_TYPES = ['acme', 'ca', 'selfSigned', 'vault', 'venafi'] as const;

/** An Issuer or ClusterIssuer of the app. */
export class IssuerView implements Located {
  public readonly spec: Mapping;

  /** The types of source that it names: one, unless something is wrong. */
  public readonly types: ReadonlyArray<string>;

  public constructor(public readonly at: Manifest, public readonly manifests: Inventory) {
    this.spec = at.spec;
    this.types = ISSUER_TYPES.filter((type) => this.spec[type] !== undefined && this.spec[type] !== null);
  }

  /** The type of source, where it names exactly one. */
  public get type(): string | undefined {
    return this.types.length === 1 ? this.types[0] : undefined;
  }

  /** Where the Secrets that it refers to are looked up. Source: cert-manager pkg/controller/helper.go, ResourceNamespace. */
  public get secretNamespace(): string | undefined {
    return this.at.kind === 'ClusterIssuer' ? this.manifests.assumptions.clusterResourceNamespace : this.at.namespace;
  }

  /** The Secret with the key pair that an issuer of type `ca` signs with. */
  public get caSecretName(): string | undefined {
    return this.spec['ca'] === undefined ? undefined : text(valueAt(this.spec, 'ca.secretName'));
  }

  /** The Certificate of the app that is the authority of an issuer of type `ca`. */
  public get caCertificate(): CertificateView | undefined {
    if (!this.caSecretName) { return undefined; }
    const writers = this.manifests.writersOf(this.secretNamespace, this.caSecretName);
    // Where several Certificates claim the Secret, which is wrong in itself, an authority is what was meant.
    return writers.find(({ isCa }) => isCa) ?? writers[0];
  }

  /** The authorities of the app that write a Secret of the right name where this issuer does not look for it. */
  public get caCertificatesElsewhere(): CertificateView[] {
    const { caSecretName = '', secretNamespace } = this;
    return this.manifests.writersAnywhere(caSecretName).filter(({ isCa, at: { namespace } }) => isCa && namespace !== secretNamespace);
  }

  /** Whether Secrets of its certificates hold `ca.crt`; source: cert-manager pkg/controller/certificaterequests/acme/acme.go. */
  public get providesCaCertificate(): boolean {
    return Object.keys(mapping(this.spec['acme'])).length === 0;
  }
}
