import { Size } from 'cdk8s';
import { IConfigMap, ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../checks';

/** Who knows how text is sorted and which letters belong together. */
export class DatabaseLocale {
  /**
   * PostgreSQL itself: the same on every machine for ever. PostgreSQL 17 and later.
   *
   * @param name `C.UTF-8`, `C`, or `PG_UNICODE_FAST` from 18 on
   */
  public static builtin(name: string = 'C.UTF-8'): DatabaseLocale {
    checkArguments('DatabaseLocale.builtin', name);
    return new DatabaseLocale('builtin', name);
  }

  /**
   * The ICU library of the image. An update of it can change how text is sorted, and indexes on text must then be rebuilt.
   * PostgreSQL 15 and later.
   *
   * @param name a language tag, for example `de-DE`
   */
  public static icu(name: string): DatabaseLocale {
    checkArguments('DatabaseLocale.icu', name);
    return new DatabaseLocale('icu', name);
  }

  /**
   * The C library of the image, with the same reservation as ICU for any locale but `C` and `C.UTF-8`.
   *
   * @param name a locale of the image, for example `en_US.utf8`
   */
  public static libc(name: string): DatabaseLocale {
    checkArguments('DatabaseLocale.libc', name);
    return new DatabaseLocale('libc', name);
  }

  private constructor(
    /** `builtin`, `icu` or `libc`. */
    public readonly provider: string,
    /** Name of the locale. */
    public readonly name: string,
  ) {}
}

/** Scripts that are run once, before clients can come in. */
export class InitScripts {
  /** The keys of a ConfigMap of the same namespace. */
  public static fromConfigMap(configMap: IConfigMap): InitScripts {
    checkArguments('InitScripts.fromConfigMap', configMap);
    return new InitScripts('configMap', configMap.name);
  }

  /** The keys of a Secret of the same namespace. */
  public static fromSecret(secret: ISecret): InitScripts {
    checkArguments('InitScripts.fromSecret', secret);
    return new InitScripts('secret', secret.name);
  }

  private constructor(
    /** @internal */
    public readonly _source: 'configMap' | 'secret',
    /** Name of the object that holds the scripts. */
    public readonly name: string,
  ) {}
}

/** How a data directory is made. All of it is decided once: for an existing database a change here does nothing. */
export interface PostgresInit {
  /**
   * Scripts to run on a new database, in the order of their names: `*.sql` through psql, `*.sh` through sh. They run as
   * `postgres` on a server that nobody else can reach, before the data directory is in its place: if one fails, the next start
   * begins from nothing.
   *
   * @default - none
   */
  readonly scripts?: InitScripts;

  /**
   * Who sorts text.
   *
   * @default - by code point, which no update can change: DatabaseLocale.builtin() from 17 on, DatabaseLocale.libc('C.UTF-8') before
   */
  readonly locale?: DatabaseLocale;

  /**
   * Character set of the databases, by PostgreSQL's names.
   *
   * @default UTF8
   */
  readonly encoding?: string;

  /**
   * Whether every page carries a checksum, so that damage is noticed.
   *
   * @default true
   */
  readonly dataChecksums?: boolean;

  /**
   * Size of a WAL segment: a power of two from 1 to 1024 MiB.
   *
   * @default Size.mebibytes(16)
   */
  readonly walSegmentSize?: Size;
}
