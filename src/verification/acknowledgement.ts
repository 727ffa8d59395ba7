import type { Found } from './only-causes';
import type { Place } from './place';
import type { Manifest } from '../kubernetes';
import { type RuleCode, RULE_CODES, ruleCodeOf, Severity } from '../rules';

/** An acknowledged warning, and what it covers. */
export interface PlacedAcknowledgement {
  /** Where findings about the acknowledgement itself are reported. */
  readonly about: Place;
  readonly location?: Found['location'];
  readonly code: string;
  readonly reason: string;
  readonly covers: (place: Place, at: Manifest | undefined) => boolean;
}

/** The acknowledgement of a violation; of several, the one that is given nearest to it. */
export function acknowledgementFor({ about, at, violation: { rule, severity } }: Found, acknowledgements: ReadonlyArray<PlacedAcknowledgement>): string | undefined {
  if (severity !== Severity.WARNING) { return undefined; }
  const covering = acknowledgements.filter(({ code, covers }) => code === rule.code && covers(about, at));
  return covering.sort((one, other) => other.about.scopes.length - one.about.scopes.length)[0]?.reason;
}

/**
 * The code of the warning that a code or an id names. Throws for an unknown one, for an error, and for an empty reason.
 *
 * @param place prefix of the error message
 */
export function warningNamed(place: string, rule: string, reason: string): RuleCode {
  const code = ruleCodeOf(rule);
  if (code === undefined) {
    const meant = Object.keys(RULE_CODES).find((known) => plain(known) === plain(rule));
    throw new Error(`${place}no rule has the code '${rule}'; ${meant === undefined ? 'use one of the codes in docs/rules/README.md' : `did you mean '${meant}'?`}`);
  }
  const [severity] = RULE_CODES[code];
  if (severity === 'error') {
    throw new Error(`${place}${code} is an error, only warnings can be acknowledged; fix the reported fault${code.startsWith('PGTLS-S') ? ', or add the ChangeConsent that the message names' : ''}`);
  }
  demandReason(place, code, reason);
  return code;
}

/** Throws for an empty reason of an acknowledgement. */
export function demandReason(place: string, code: string, reason: string): void {
  if (reason.trim() === '') { throw new Error(`${place}reason of the acknowledgement of ${code} is empty; state why the warning does not apply`); }
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^(PGTLS)?/, '');
}
