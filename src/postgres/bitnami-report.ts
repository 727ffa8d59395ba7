import { bitnamiConversion } from './bitnami-database';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { ConversionReportEntry } from '../conversion';

/** Options of a conversion from Bitnami's chart. */
export interface BitnamiOptions {
  /**
   * Name of the Helm release, of which the name of the database is made.
   *
   * @default - the id of the construct
   */
  readonly release?: string;

  /**
   * The issuer of the server's certificate. Required with `tls.enabled`: the chart knows no issuer.
   *
   * @default - none
   */
  readonly issuer?: IIssuer;

  /**
   * Values that are not supported and are left out, each with the reason, by value, such as `architecture`. A name that nothing needs is an error.
   *
   * @default - none: a value that is not supported is an error
   */
  readonly acknowledge?: { readonly [value: string]: string };
}

/** What becomes of each value of Bitnami's chart postgresql 17.1.0. */
export class BitnamiReport {
  /**
   * The report of a values file. It does not throw: what is wrong with the text is in `errors`.
   *
   * @param yaml values of the chart, without the templates of Helm
   * @param options release, issuer and acknowledgements
   */
  public static fromValues(yaml: string, options: BitnamiOptions = {}): BitnamiReport {
    checkArguments('BitnamiReport.fromValues', yaml, options);
    const { entries, faults } = bitnamiConversion('postgresql', yaml, options);
    return new BitnamiReport([...entries], [...faults]);
  }

  private constructor(
    /** Every value in the order of the text. */
    public readonly entries: ConversionReportEntry[],
    /** What is wrong with the text, and what is not supported and not acknowledged; each with file, line and column. */
    public readonly errors: string[],
  ) {}
}
