/** Severity of a finding. */
export enum Severity {
  /** The manifests cannot work as declared, or lose data: the synthesis fails and writes nothing. */
  ERROR = 'error',
  /** Probably unintended: printed at every synth until it is acknowledged. */
  WARNING = 'warning',
}

/** One violation of a rule. */
export interface Finding {
  /** Stable code of the rule, for example `PGTLS-D02`. */
  readonly code: string;
  /** Whether the finding makes the synthesis fail. */
  readonly severity: Severity;
  /** Path of the construct, or file and object, that the finding is about. */
  readonly path: string;
  /** What is wrong, the value that was given, and how to fix it. */
  readonly message: string;
  /**
   * The page that explains the rule, as a path inside of this package: `docs/rules/trust.md` is
   * `node_modules/cdk8s-postgres-tls/docs/rules/trust.md`. The same applies to paths in messages.
   */
  readonly page: string;
  /**
   * The reason of the acknowledgement, or of the consent to a change. With a consent the finding is a warning.
   *
   * @default - neither acknowledged nor consented to
   */
  readonly acknowledged?: string;
}
