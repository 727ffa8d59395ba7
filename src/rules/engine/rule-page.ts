import { RULE_CODES, RuleCode } from '../generated/rule-codes';

/** Whether a rule has the code. */
export function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(RULE_CODES, code);
}

/** The page that explains a rule, inside this package. */
export function pageOf(code: string): string {
  return `docs/rules/${isRuleCode(code) ? RULE_CODES[code][1] : 'README.md'}`;
}
