import { Severity } from '../finding';

/** What a rule says about one subject; the session adds where. */
export interface Verdict {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
}

/**
 * A rule as data: when it is broken and what it says then.
 *
 * `broken` answers with one line per fault: what is wrong and what was given.
 */
export interface Rule<Subject> {
  readonly code: string;
  readonly severity?: Severity;
  readonly broken: (subject: Subject) => string[];
  readonly remedy: string;
}

/** Runs every rule over one subject, in the order of the table. */
export function judge<Subject>(rules: ReadonlyArray<Rule<Subject>>, subject: Subject): Verdict[] {
  return rules.flatMap((rule) =>
    rule.broken(subject).map((fault) => ({
      code: rule.code,
      severity: rule.severity ?? Severity.ERROR,
      message: `${fault}; ${rule.remedy}`,
    })),
  );
}

/** `[fault]` when the condition holds, for rules with at most one fault. */
export function when(condition: boolean, fault: () => string): string[] {
  return condition ? [fault()] : [];
}
