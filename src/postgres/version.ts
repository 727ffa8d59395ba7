import { POSTGRES_IMAGES, POSTGRES_RELEASES } from './images';
import { checkArguments } from '../checks';

/** Paths in an image that differ from the Debian-based official image. */
export interface PostgresImageLayout {
  /**
   * Directory of `postgres`, `initdb`, `pg_ctl`, `pg_isready` and `psql`, such as `/usr/lib/postgresql/17/bin`.
   *
   * @default - the PATH of the image has them
   */
  readonly programs?: string;

  /**
   * Whether `/etc/passwd` of the image has a name for the UID. If not (Bitnami), the pod mounts a passwd file that has one.
   *
   * @default true
   */
  readonly namesUser?: boolean;
}

/** Options of an image. */
export interface PostgresImageOptions {
  /**
   * UID of the user `postgres` in the image, as which the pod runs. initdb needs a name for it in `/etc/passwd`: see `layout` for an
   * image without one, and `podTemplate.arbitraryUserId` if the platform assigns the UID.
   *
   * @default 999, as in the Debian-based official images
   */
  readonly uid?: number;

  /**
   * GID of the pod and its fsGroup.
   *
   * @default - the UID
   */
  readonly gid?: number;

  /**
   * Paths in the image.
   *
   * @default - as in the Debian-based official images
   */
  readonly layout?: PostgresImageLayout;
}

/**
 * A major version of PostgreSQL and the image that runs it.
 *
 * `V18` and the like are the newest minor release that a release of this package has; a new image restarts the database. `V18_4` and the like are fixed.
 */
export class PostgresVersion {
  /** PostgreSQL 14, the newest minor release that this package has. */
  public static readonly V14 = new PostgresVersion(14, POSTGRES_IMAGES[14]);
  /** PostgreSQL 15, the newest minor release that this package has. */
  public static readonly V15 = new PostgresVersion(15, POSTGRES_IMAGES[15]);
  /** PostgreSQL 16, the newest minor release that this package has. */
  public static readonly V16 = new PostgresVersion(16, POSTGRES_IMAGES[16]);
  /** PostgreSQL 17, the newest minor release that this package has. */
  public static readonly V17 = new PostgresVersion(17, POSTGRES_IMAGES[17]);
  /** PostgreSQL 18, the newest minor release that this package has. */
  public static readonly V18 = new PostgresVersion(18, POSTGRES_IMAGES[18]);
  /** PostgreSQL 14.23. */
  public static readonly V14_23 = new PostgresVersion(14, POSTGRES_RELEASES['14.23']);
  /** PostgreSQL 15.18. */
  public static readonly V15_18 = new PostgresVersion(15, POSTGRES_RELEASES['15.18']);
  /** PostgreSQL 16.14. */
  public static readonly V16_14 = new PostgresVersion(16, POSTGRES_RELEASES['16.14']);
  /** PostgreSQL 17.10. */
  public static readonly V17_10 = new PostgresVersion(17, POSTGRES_RELEASES['17.10']);
  /** PostgreSQL 18.4. */
  public static readonly V18_4 = new PostgresVersion(18, POSTGRES_RELEASES['18.4']);

  /**
   * Another image of a supported major version.
   *
   * The image must have the PostgreSQL programs on its PATH and a user `postgres`, with UID and GID 999 as in the Debian-based
   * official images unless the options give others, and `sh`, `cat`, `chmod`, `find`, `grep`, `head`, `id`, `ls`, `mkdir`, `mktemp`,
   * `mv`, `od`, `readlink`, `rm`, `sed`, `sleep`, `sort`, `stat`, `timeout` and `tr`, of GNU or busybox. With TLS, `openssl` lets the
   * reloader verify the served certificate; without it, it logs that it cannot. The pod does not start if the major version is not that of the image.
   *
   * @param major the major version, 14 to 18
   * @param image the image reference with the tag of a version or, better, a digest
   * @param options the user of the image
   */
  public static of(major: number, image: string, options: PostgresImageOptions = {}): PostgresVersion {
    checkArguments('PostgresVersion.of', major, image, options);
    return new PostgresVersion(major, image, options.uid, options.gid, options.layout);
  }

  private constructor(
    /** The major version. */
    public readonly major: number,
    /** The image reference. */
    public readonly image: string,
    /**
     * UID of `postgres` in the image.
     *
     * @default 999
     */
    public readonly uid?: number,
    /**
     * GID of the pod.
     *
     * @default - the UID
     */
    public readonly gid?: number,
    /**
     * Paths in the image.
     *
     * @default - as in the Debian-based official images
     */
    public readonly layout?: PostgresImageLayout,
  ) {}
}
