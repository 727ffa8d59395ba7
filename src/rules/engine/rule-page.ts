import { RULE_CODES, RuleCode } from '../generated/rule-codes';

/** The code of the rule that a code or an id names. */
export function ruleCodeOf(rule: string): RuleCode | undefined {
  return isRuleCode(rule) ? rule : undefined;
}

/** The page that explains a rule, inside this package. */
export function pageOf(code: string): string {
  return `docs/rules/${isRuleCode(code) ? RULE_CODES[code][1] : 'README.md'}`;
}

function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(RULE_CODES, code);
}
