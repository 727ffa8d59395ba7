import type { IConstruct } from 'constructs';
import type { Found } from './only-causes';
import { isRuleCode, RULE_CODES, Severity } from '../rules';

/**
 * Throws for an unknown code, for the code of an error, and for an empty reason.
 *
 * @param place prefix of the error message
 */
export function requireWarning(place: string, code: string, reason: string): void {
  if (!isRuleCode(code)) {
    const meant = Object.keys(RULE_CODES).find((known) => plain(known) === plain(code));
    throw new Error(`${place}no rule has the code '${code}'; ${meant === undefined ? 'use one of the codes in docs/rules/README.md' : `did you mean '${meant}'?`}`);
  }
  const [severity, page] = RULE_CODES[code];
  if (severity === 'error') {
    throw new Error(`${place}${code} is an error, only warnings can be acknowledged; fix the reported fault${page === 'changes.md' ? ', or add the ChangeConsent that the message names' : ''}`);
  }
  if (reason.trim() === '') { throw new Error(`${place}reason of the acknowledgement of ${code} is empty; state why the warning does not apply`); }
}

/** Whether a warning is found at a construct or below it. */
export function occursBelow(construct: IConstruct, code: string, found: ReadonlyArray<Found>): boolean {
  return found.some(({ about, violation }) => violation.code === code && violation.severity === Severity.WARNING && about.node.scopes.includes(construct));
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^(PGTLS)?/, '');
}
