import { mapping, Mapping, text, valueAt } from '../data';
import type { Located, Manifest } from '../kubernetes';

/** The types of source that cert-manager has, by the name of their field. */
export const ISSUER_TYPES = ['acme', 'ca', 'selfSigned', 'vault', 'venafi'] as const;

/** The fields of an Issuer or ClusterIssuer. */
export class IssuerView implements Located {
  public readonly spec: Mapping;

  /** The types of source that it names: one, unless something is wrong. */
  public readonly types: ReadonlyArray<string>;

  public constructor(public readonly at: Manifest) {
    this.spec = at.spec;
    this.types = ISSUER_TYPES.filter((type) => this.spec[type] !== undefined && this.spec[type] !== null);
  }

  /** The type of source, where it names exactly one. */
  public get type(): string | undefined {
    return this.types.length === 1 ? this.types[0] : undefined;
  }

  /** The Secret with the key pair that an issuer of type `ca` signs with. */
  public get caSecretName(): string | undefined {
    return this.spec['ca'] === undefined ? undefined : text(valueAt(this.spec, 'ca.secretName'));
  }

  /** Whether Secrets of its certificates hold `ca.crt`; source: cert-manager pkg/controller/certificaterequests/acme/acme.go. */
  public get providesCaCertificate(): boolean {
    return Object.keys(mapping(this.spec['acme'])).length === 0;
  }
}
