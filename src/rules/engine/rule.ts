import { Severity } from './finding';

/** What happens to a manifest that breaks a rule, and so where the rule can be seen to be right. */
export enum Basis {
  /** The API server or a webhook refuses it. */
  REFUSED = 'refused',
  /** It is accepted, and then nothing comes of it: a controller stalls, a pod does not start. */
  STALLS = 'stalls',
  /** It works until a peer refuses it, or lets somebody in. */
  PEER = 'peer',
}

/** What a rule says about one subject; the session adds where. */
export interface Verdict {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The reason of the consent that lets it pass. */
  readonly consented?: string;
}

/** A rule as data: when it is broken and what it says then. */
export interface Rule<Subject> {
  /** Stable: people acknowledge warnings by it. */
  readonly code: string;
  /** @default Severity.ERROR */
  readonly severity?: Severity;
  /** What is wrong, in one line; the heading of the rule's section in docs/rules/. */
  readonly title: string;
  readonly basis: Basis;
  /** Where the fact comes from. */
  readonly source: string;
  /** One line per fault: what is wrong and what was given. */
  readonly broken: (subject: Subject) => string[];
  readonly remedy: string;
}

/** Runs every rule over one subject, in the order of the table. Nearly all find nothing, thousands of times: nothing is made for those. */
export function judge<Subject>(rules: ReadonlyArray<Rule<Subject>>, subject: Subject): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const rule of rules) {
    for (const fault of rule.broken(subject)) {
      verdicts.push({ code: rule.code, severity: rule.severity ?? Severity.ERROR, message: `${fault}; ${rule.remedy}` });
    }
  }
  return verdicts;
}

/** `[fault]` when the condition holds, for rules with at most one fault. */
export function when(condition: boolean, fault: () => string): string[] {
  return condition ? [fault()] : NOTHING;
}

const NOTHING = Object.freeze([]) as unknown as string[];
