import { Severity } from './finding';

/** What happens to a manifest that breaks a rule, and so where the rule can be seen to be right. */
export enum Consequence {
  /** The API server or a webhook refuses it. */
  REJECTED_ON_APPLY = 'refused',
  /** It is accepted, and then nothing comes of it: a controller stalls, a pod does not start. */
  NEVER_READY = 'stalls',
  /** It works until a peer refuses it, or lets somebody in. */
  FAILS_AT_RUNTIME = 'peer',
}

/** What a rule says about one target; the session adds where. */
export interface Violation {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The reason of the consent that lets it pass. */
  readonly consented?: string;
}

/** A rule as data: when it is broken and what it says then. */
export interface Rule<Target> {
  /** Stable: people acknowledge warnings by it. */
  readonly code: string;
  /** @default Severity.ERROR */
  readonly severity?: Severity;
  /** What is wrong, in one line; the heading of the rule's section in docs/rules/. */
  readonly title: string;
  readonly consequence: Consequence;
  /** Where the fact comes from. */
  readonly source: string;
  /** One line per fault: what is wrong and what was given. */
  readonly check: (target: Target) => string[];
  readonly fix: string;
}

/** Runs every rule over one target, in the order of the table. Nearly all find nothing, thousands of times: nothing is made for those. */
export function evaluateRules<Target>(rules: ReadonlyArray<Rule<Target>>, target: Target): Violation[] {
  const violations: Violation[] = [];
  for (const rule of rules) {
    for (const fault of rule.check(target)) {
      violations.push({ code: rule.code, severity: rule.severity ?? Severity.ERROR, message: `${fault}; ${rule.fix}` });
    }
  }
  return violations;
}

/** `[fault]` when the condition holds, for rules with at most one fault. */
export function when(condition: boolean, fault: () => string): string[] {
  return condition ? [fault()] : NOTHING;
}

const NOTHING = Object.freeze([]) as unknown as string[];
