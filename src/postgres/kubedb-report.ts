import { checkArguments } from '../checks';
import { convertKubeDb, KUBEDB_TEXT, ConversionReportEntry } from '../conversion';
import { readTexts } from '../reading';

/** Options of a conversion from KubeDB. */
export interface KubeDbOptions {
  /**
   * Fields that are not supported and are left out, each with the reason: by field, such as `spec.replicas`, or by the kind of an object, such as
   * `BackupConfiguration`. A name that nothing needs is an error.
   *
   * @default - none: a field that is not supported is an error
   */
  readonly acknowledge?: { readonly [field: string]: string };

  /**
   * Image with PostgreSQL and Patroni for databases with `replicas` above 1, which then have `highAvailability`; docs/high-availability.md says what it needs.
   *
   * @default - none: `replicas` above 1 is not supported
   */
  readonly patroniImage?: string;

  /**
   * Name of the `Postgres` resource, if the YAML has several.
   *
   * @default - the only one
   */
  readonly database?: string;
}

/** What becomes of each field of KubeDB's resources. */
export class KubeDbReport {
  /**
   * The report of a YAML text with a `Postgres` of KubeDB. It does not throw: what is wrong with the text is in `errors`.
   *
   * @param yaml `Postgres` of `kubedb.com/v1` or `v1alpha2`, with its `Issuer`, `PostgresOpsRequest`, `AppBinding`, `Secret` and `ConfigMap` objects
   * @param options acknowledgements, image of Patroni
   */
  public static fromYaml(yaml: string, options: KubeDbOptions = {}): KubeDbReport {
    checkArguments('KubeDbReport.fromYaml', yaml, options);
    const { entries, faults } = convertKubeDb(readTexts([[KUBEDB_TEXT, yaml]]), options.acknowledge, options.patroniImage);
    return new KubeDbReport([...entries], [...faults]);
  }

  private constructor(
    /** Every field in the order of the text. */
    public readonly entries: ConversionReportEntry[],
    /** What is wrong with the text, and what is not supported and not acknowledged; each with file, line and column. */
    public readonly errors: string[],
  ) {}
}
