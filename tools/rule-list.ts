import { POSTGRES_RULES, WRITTEN_RULES } from '../src/postgres/validation';
import { ACKNOWLEDGEMENT_RULES, RULE_TABLES, RuleFacts } from '../src/rules';

/** Every rule that this package has. */
export const RULES: readonly RuleFacts[] = [...RULE_TABLES.flatMap(({ rules }) => rules), ...POSTGRES_RULES, ...WRITTEN_RULES, ...ACKNOWLEDGEMENT_RULES];

/** The sources of a rule in Markdown. */
export function sourcesOf({ sources }: RuleFacts): string {
  return sources.map(({ text, url }) => (url === undefined ? text : `[${text}](${url})`)).join('; ');
}
