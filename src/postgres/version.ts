import { POSTGRES_IMAGES, POSTGRES_RELEASES } from './private/images';
import { checkArguments } from '../checks';

/** Where an image has what the pod needs, if not where the Debian-based official one has it. */
export interface PostgresImageLayout {
  /**
   * Directory of `postgres`, `initdb`, `pg_ctl`, `pg_isready` and `psql`, such as `/usr/lib/postgresql/17/bin`.
   *
   * @default - they are on the PATH of the image
   */
  readonly programs?: string;

  /**
   * Whether `/etc/passwd` of the image has a name for the UID. Where it has none (Bitnami), the pod mounts a file that names it.
   *
   * @default true
   */
  readonly namesUser?: boolean;
}

/** What is special about an image. */
export interface PostgresImageOptions {
  /**
   * UID of the user `postgres` of the image: the pod runs as it. The image has a name for it in its `/etc/passwd`, which initdb
   * needs; for an image without one there is `layout`, and `podTemplate.arbitraryUserId` where the platform chooses the UID.
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
   * Where the image has what the pod needs.
   *
   * @default - as in the Debian-based official images
   */
  readonly layout?: PostgresImageLayout;
}

/**
 * A major version of PostgreSQL and the image that runs it.
 *
 * `V18` and its like move with this package to the newest minor release; a new image restarts the database. `V18_4` and its like stay.
 */
export class PostgresVersion {
  public static readonly V14 = new PostgresVersion(14, POSTGRES_IMAGES[14]);
  public static readonly V15 = new PostgresVersion(15, POSTGRES_IMAGES[15]);
  public static readonly V16 = new PostgresVersion(16, POSTGRES_IMAGES[16]);
  public static readonly V17 = new PostgresVersion(17, POSTGRES_IMAGES[17]);
  public static readonly V18 = new PostgresVersion(18, POSTGRES_IMAGES[18]);
  public static readonly V14_23 = new PostgresVersion(14, POSTGRES_RELEASES['14.23']);
  public static readonly V15_18 = new PostgresVersion(15, POSTGRES_RELEASES['15.18']);
  public static readonly V16_14 = new PostgresVersion(16, POSTGRES_RELEASES['16.14']);
  public static readonly V17_10 = new PostgresVersion(17, POSTGRES_RELEASES['17.10']);
  public static readonly V18_4 = new PostgresVersion(18, POSTGRES_RELEASES['18.4']);

  /**
   * Another image of a supported major.
   *
   * The image must have the PostgreSQL programs on its PATH and a user `postgres`, with UID and GID 999 as in the Debian-based
   * official images unless the options give others, and `sh`, `cat`, `chmod`, `find`, `grep`, `head`, `id`, `ls`, `mkdir`, `mktemp`,
   * `mv`, `od`, `readlink`, `rm`, `sed`, `sleep`, `sort`, `stat`, `timeout` and `tr`, of GNU or busybox. With TLS, `openssl` lets the
   * reloader verify what is served; without it, it says that it cannot. The pod refuses to start when the major is not the image's.
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
     * Where the image has what the pod needs.
     *
     * @default - as in the Debian-based official images
     */
    public readonly layout?: PostgresImageLayout,
  ) {}
}
