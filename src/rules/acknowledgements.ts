import { Severity } from './engine/finding';
import { Consequence, Rule, when } from './engine/rule';

/** A warning that is said to be on purpose, and where. */
export interface Acknowledged {
  readonly code: string;
  readonly reason: string;
  /** Whether the warning is there. */
  readonly occurs: boolean;
}

/** What is proven about acknowledgements, once everything else is found. */
export const ACKNOWLEDGEMENT_RULES: ReadonlyArray<Rule<Acknowledged>> = [
  {
    code: 'PGTLS-A19',
    severity: Severity.WARNING,
    title: 'an acknowledgement of a warning that does not occur',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'this package: an acknowledgement that stays in the code would hide the same warning when it comes a second time',
    check: ({ code, reason, occurs }) => when(!occurs, () => `${code} is acknowledged (${reason}) and does not occur here`),
    fix: 'remove the acknowledgement, or give it to the construct or path that the warning is about',
  },
];
