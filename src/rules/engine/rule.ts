import { Severity } from './finding';

/** What happens to a manifest that violates a rule, and so which system can confirm the rule. */
export enum Consequence {
  /** The API server or a webhook rejects it. */
  REJECTED_ON_APPLY = 'rejected on apply',
  /** It is accepted but never becomes ready: a controller stalls, or a pod does not start. */
  NEVER_READY = 'never ready',
  /** It becomes ready, and fails later: a peer rejects it, data is lost, or an unauthorized client can connect. */
  FAILS_AT_RUNTIME = 'fails at runtime',
}

/** A violation of a rule by one target; the location is added by the caller. */
export interface Violation {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The reason of the consent that lets it pass. */
  readonly consented?: string;
}

/** A rule as data: its condition, and the message for a violation. */
export interface Rule<Target> {
  /** Stable: acknowledgements refer to it. */
  readonly code: string;
  /** @default Severity.ERROR */
  readonly severity?: Severity;
  /** What is wrong, in one line; the heading of the rule's section in docs/rules/. */
  readonly title: string;
  readonly consequence: Consequence;
  /** Source of the fact that the rule checks. */
  readonly source: string;
  /** One line per fault: what is wrong, with the given value. */
  readonly check: (target: Target) => string[];
  readonly fix: string;
}

/** Evaluates every rule for one target, in the order of the table. Most rules find nothing, so no object is allocated for them. */
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
