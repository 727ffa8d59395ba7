import { checkArguments } from '../checks';

/** A minor release of cert-manager: which fields its API knows. */
export class CertManagerVersion {
  /** cert-manager 1.16. */
  public static readonly V1_16 = new CertManagerVersion(16);
  /** cert-manager 1.17. */
  public static readonly V1_17 = new CertManagerVersion(17);
  /** cert-manager 1.18: `rotationPolicy` defaults to `Always`. */
  public static readonly V1_18 = new CertManagerVersion(18);
  /** cert-manager 1.19. */
  public static readonly V1_19 = new CertManagerVersion(19);
  /** cert-manager 1.20: `otherNames` without a feature gate. */
  public static readonly V1_20 = new CertManagerVersion(20);
  /** cert-manager 1.21: `renewal`, PKCS#12 profile `Modern2026`. */
  public static readonly V1_21 = new CertManagerVersion(21);

  /**
   * Another release.
   *
   * @param version for example `1.22` or `v1.22.3`
   */
  public static of(version: string): CertManagerVersion {
    checkArguments('CertManagerVersion.of', version);
    const minor = version.match(/^v?1\.(\d+)(\.\d+)?$/)?.[1];
    if (minor === undefined) { throw new Error(`cert-manager version '${version}' is not of the form 1.21; give major and minor`); }
    return new CertManagerVersion(Number(minor));
  }

  private constructor(
    /** The minor: 21 for cert-manager 1.21. */
    public readonly minor: number,
  ) {}

  /** Whether this release is `other` or a later one. */
  public isAtLeast(other: CertManagerVersion): boolean {
    checkArguments('CertManagerVersion#isAtLeast', other);
    return this.minor >= other.minor;
  }

  /** For example `1.21`. */
  public toString(): string {
    return `1.${this.minor}`;
  }
}
