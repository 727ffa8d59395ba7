import { Severity } from './engine/finding';
import type { Acknowledged } from '../verification';
import { Consequence, Rule, when } from './engine/rule';

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
