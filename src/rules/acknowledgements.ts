import { Severity } from './engine/finding';
import type { Acknowledged } from '../verification';
import { Basis, Rule, when } from './engine/rule';

/** What is proven about acknowledgements, once everything else is found. */
export const ACKNOWLEDGEMENT_RULES: ReadonlyArray<Rule<Acknowledged>> = [
  {
    code: 'PGTLS-A19',
    severity: Severity.WARNING,
    title: 'an acknowledgement of a warning that does not occur',
    basis: Basis.PEER,
    source: 'this package: an acknowledgement that stays in the code would hide the same warning when it comes a second time',
    broken: ({ code, reason, occurs }) => when(!occurs, () => `${code} is acknowledged (${reason}) and does not occur here`),
    remedy: 'remove the acknowledgement, or give it to the construct or path that the warning is about',
  },
];
