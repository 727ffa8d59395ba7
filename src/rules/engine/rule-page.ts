import { RULE_CODES, type RuleCode } from '../generated/rule-codes';

/** The rule that a code or an id names. */
export function ruleCodeOf(rule: string): RuleCode | undefined {
  return isRuleCode(rule) ? rule : CODES_BY_ID.get(rule);
}

/** The page that explains a rule, inside this package. */
export function pageOf(id: string): string {
  return `docs/rules/${id}.md`;
}

const CODES_BY_ID = new Map(Object.entries(RULE_CODES).map(([code, [, id]]) => [id as string, code as RuleCode]));

function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(RULE_CODES, code);
}
