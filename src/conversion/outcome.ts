/** What becomes of a field. */
export enum ConversionOutcome {
  /** The same in this package. */
  TAKEN_OVER = 'taken over',
  /** Taken over or left out, with a difference that the report names. */
  CHANGED = 'changed in meaning',
  /** An error, unless it is acknowledged: the field is then left out. */
  NOT_SUPPORTED = 'not supported',
  /** An object that stays in Git as it is: the database refers to it. */
  KEPT = 'kept as it is',
}

/** What becomes of one field of the input of a conversion. */
export interface ConversionReportEntry {
  /** The object, such as `Postgres pg`, or `values`. */
  readonly object: string;
  /** The field, such as `spec.tls.certificates[0].duration`; in parentheses a difference without a field. */
  readonly field: string;
  /** What becomes of it. */
  readonly outcome: ConversionOutcome;
  /** The difference, or the property that it becomes. */
  readonly note: string;
  /**
   * The reason of the acknowledgement.
   *
   * @default - not acknowledged
   */
  readonly acknowledged?: string;
  /** Name of the file or text. */
  readonly file: string;
  /** Line of the field, from 1. */
  readonly line: number;
  /** Column of the field, from 1. */
  readonly column: number;
}
