/** How much a finding matters. */
export enum Severity {
  /** What would be written cannot work as promised, or loses data: nothing is written. */
  ERROR = 'error',
  /** Right only on purpose: shown at every synth until it is acknowledged. */
  WARNING = 'warning',
}

/** One thing that a proof found in what would be written. */
export interface Finding {
  /** Stable code of the rule, for example `PGTLS-D02`. */
  readonly code: string;
  /** Whether the finding stops the synthesis. */
  readonly severity: Severity;
  /** Path of the construct that the finding is about. */
  readonly path: string;
  /** What is wrong, what was given and what to do about it. */
  readonly message: string;
  /**
   * The page that explains the rule, a path inside this package: `docs/rules/trust.md` is
   * `node_modules/cdk8s-postgres-tls/docs/rules/trust.md`. So are paths in messages.
   */
  readonly page: string;
  /**
   * The reason given when the finding was acknowledged, or when the change was consented to: then it is a warning.
   *
   * @default - neither
   */
  readonly acknowledged?: string;
}
