import { checkArguments } from '../../../checks';

/** The oldest release. Source: PgBouncer's changelog: CVE-2025-2291 (1.24.1), CVE-2025-12819 (1.25.1), CVE-2026-6664 to -6667 (1.25.2). */
const OLDEST = [1, 25, 2];

/** A release of PgBouncer and the image that runs it. */
export class PgBouncerVersion {
  /**
   * An image with PgBouncer on its PATH. This package has no default: there is no official image. docs/pooling.md has a Containerfile.
   *
   * @param release the release, such as `1.26.1`: at least 1.25.2. The pod is not ready if the image has another one.
   * @param image the image reference with a tag of a version or, better, a digest
   * @throws if the release is older, or not three numbers
   */
  public static of(release: string, image: string): PgBouncerVersion {
    checkArguments('PgBouncerVersion.of', release, image);
    const numbers = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(release)?.slice(1).map(Number);
    if (numbers === undefined) { throw new Error(`PgBouncerVersion.of: release is '${release}'; give all of its three numbers, for example '1.26.1'`); }
    const difference = numbers.map((number, index) => number - OLDEST[index]!).find((number) => number !== 0) ?? 0;
    if (difference < 0) {
      throw new Error(`PgBouncerVersion.of: release is '${release}', which has known vulnerabilities (CVE-2025-2291, CVE-2025-12819, CVE-2026-6664); give ${OLDEST.join('.')} or later`);
    }
    return new PgBouncerVersion(release, image);
  }

  private constructor(
    /** The release. */
    public readonly release: string,
    /** The image reference. */
    public readonly image: string,
  ) {}
}
