import type { Consequence } from './consequence';

/** Severity of a finding. */
export enum Severity {
  /** The manifests cannot work as declared, or lose data: the synthesis fails and writes nothing. */
  ERROR = 'error',
  /** Probably unintended: printed at every synth until it is acknowledged. */
  WARNING = 'warning',
}

/** The rule that a finding is of. */
export interface FindingRule {
  /** Stable name of the rule, for example `key-size-unsupported`. */
  readonly id: string;
  /** Stable code of the rule, for example `PGTLS-C01`: another name for it. */
  readonly code: string;
  /** The condition that the rule finds, in one line. */
  readonly title: string;
  /** What happens to a manifest that violates the rule. */
  readonly consequence: Consequence;
  /**
   * The page that explains the rule, as a path inside of this package: `docs/rules/key-size-unsupported.md` is
   * `node_modules/cdk8s-postgres-tls/docs/rules/key-size-unsupported.md`. The same applies to paths in `fix`.
   */
  readonly page: string;
}

/** The Kubernetes object that a finding is about. */
export interface FindingTarget {
  /** Group and version, for example `cert-manager.io/v1`. */
  readonly apiVersion: string;
  /** Kind, for example `Certificate`. */
  readonly kind: string;
  /**
   * Namespace.
   *
   * @default - none is set, or the kind is cluster-scoped
   */
  readonly namespace?: string;
  /** Name. */
  readonly name: string;
}

/** Where the cause of a finding stands. */
export interface FindingLocation {
  /** Path of the construct; for manifests in files the file and the object. */
  readonly path: string;
  /**
   * The file.
   *
   * @default - the manifest is that of a construct
   */
  readonly file?: string;
  /**
   * Line in the file, from 1.
   *
   * @default - unknown
   */
  readonly line?: number;
  /**
   * Column in the line, from 1.
   *
   * @default - unknown
   */
  readonly column?: number;
}

/** One violation of a rule. */
export interface Finding {
  /** The rule. */
  readonly rule: FindingRule;
  /** Whether the finding makes the synthesis fail. */
  readonly severity: Severity;
  /**
   * The object that the finding is about.
   *
   * @default - the finding is about a construct, or about the options of the validation
   */
  readonly target?: FindingTarget;
  /** Where its cause stands. */
  readonly location: FindingLocation;
  /**
   * The field of the object, or the property of the construct, for example `spec.dnsNames[0]`.
   *
   * @default - the finding is about no single field
   */
  readonly field?: string;
  /** What is wrong, with the value that was given. */
  readonly problem: string;
  /** How to fix it. */
  readonly fix: string;
  /** Problem and fix in one line. */
  readonly message: string;
  /**
   * The reason of the acknowledgement, or of the consent to a change. With a consent the finding is a warning.
   *
   * @default - neither acknowledged nor consented to
   */
  readonly acknowledged?: string;
}
