import type { IConstruct } from 'constructs';
import type { Found } from './causes';
import { isRuleCode, RULE_CODES, Severity } from '../rules';

/**
 * Refuses to acknowledge what nobody can: a code that no rule has, and an error.
 *
 * @param place what the message starts with
 */
export function requireWarning(place: string, code: string, reason: string): void {
  if (!isRuleCode(code)) {
    const meant = Object.keys(RULE_CODES).find((known) => plain(known) === plain(code));
    throw new Error(`${place}no rule has the code '${code}'; ${meant === undefined ? 'give one of those that docs/rules/README.md lists' : `did you mean '${meant}'?`}`);
  }
  const [severity, page] = RULE_CODES[code];
  if (severity === 'error') {
    throw new Error(`${place}${code} is an error, and only a warning can be acknowledged; mend what it reports${page === 'changes.md' ? ', or give the ChangeConsent that it names' : ''}`);
  }
  if (reason.trim() === '') { throw new Error(`${place}acknowledging ${code} needs a reason, got an empty one; say why the warning does not apply`); }
}

/** Whether a warning is found at a construct or below it. */
export function occursBelow(construct: IConstruct, code: string, found: ReadonlyArray<Found>): boolean {
  return found.some(({ about, violation: violation }) => violation.code === code && violation.severity === Severity.WARNING && about.node.scopes.includes(construct));
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^(PGTLS)?/, '');
}
