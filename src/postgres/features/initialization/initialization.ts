import { Size } from 'cdk8s';
import { IConfigMap, ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../../../checks';

/** Locale provider and locale of the database cluster (`initdb --locale-provider`). */
export class DatabaseLocale {
  /**
   * The builtin provider of PostgreSQL: the sort order is the same on every machine and does not change with updates. PostgreSQL 17 and later.
   *
   * @param name `C.UTF-8`, `C`, or `PG_UNICODE_FAST` from 18 on
   */
  public static builtin(name: string = 'C.UTF-8'): DatabaseLocale {
    checkArguments('DatabaseLocale.builtin', name);
    return new DatabaseLocale('builtin', name);
  }

  /**
   * The ICU library of the image. An update of the library can change the sort order, and indexes on text must then be rebuilt.
   * PostgreSQL 15 and later.
   *
   * @param name a language tag, for example `de-DE`
   */
  public static icu(name: string): DatabaseLocale {
    checkArguments('DatabaseLocale.icu', name);
    return new DatabaseLocale('icu', name);
  }

  /**
   * The C library of the image. As with ICU, an update can change the sort order of every locale except `C` and `C.UTF-8`.
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

/** Scripts that run once, before clients can connect. */
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
    /** Name of the ConfigMap or Secret. */
    public readonly name: string,
  ) {}
}

/** Options of initdb and init scripts. They apply to a new data directory only: for an existing one, a change has no effect. */
export interface PostgresInit {
  /**
   * Scripts to run on a new database, in the order of their names: `*.sql` with psql, `*.sh` with sh. They run as
   * `postgres` on a server without network access, before the data directory is moved to its path: if one fails, the next start
   * deletes it and begins again.
   *
   * @default - none
   */
  readonly scripts?: InitScripts;

  /**
   * Locale and locale provider.
   *
   * @default - code point order, which no update changes: DatabaseLocale.builtin() from 17 on, DatabaseLocale.libc('C.UTF-8') before
   */
  readonly locale?: DatabaseLocale;

  /**
   * Character set of the databases (`initdb --encoding`).
   *
   * @default UTF8
   */
  readonly encoding?: string;

  /**
   * Whether data pages have checksums (`initdb --data-checksums`).
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
