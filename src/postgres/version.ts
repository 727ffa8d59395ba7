import { POSTGRES_IMAGES } from './private/images';
import { checkArguments } from '../checks/check-arguments';

/** A major version of PostgreSQL and the image that runs it. */
export class PostgresVersion {
  public static readonly V14 = new PostgresVersion(14, POSTGRES_IMAGES[14]);
  public static readonly V15 = new PostgresVersion(15, POSTGRES_IMAGES[15]);
  public static readonly V16 = new PostgresVersion(16, POSTGRES_IMAGES[16]);
  public static readonly V17 = new PostgresVersion(17, POSTGRES_IMAGES[17]);
  public static readonly V18 = new PostgresVersion(18, POSTGRES_IMAGES[18]);

  /**
   * Another image of a supported major.
   *
   * The image must have the PostgreSQL programs on its PATH and a user `postgres` with UID and GID 999, as the Debian-based
   * official images have. The pod refuses to start when the major is not the image's.
   *
   * @param major the major version, 14 to 18
   * @param image the image reference, best with a digest
   */
  public static of(major: number, image: string): PostgresVersion {
    checkArguments('PostgresVersion.of', major, image);
    return new PostgresVersion(major, image);
  }

  private constructor(
    /** The major version. */
    public readonly major: number,
    /** The image reference. */
    public readonly image: string,
  ) {}
}
