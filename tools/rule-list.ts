import { POSTGRES_RULES } from '../src/postgres/private/proofs';
import { WRITTEN_RULES } from '../src/postgres/private/written-proofs';
import { ACKNOWLEDGEMENT_RULES, RULE_TABLES, RuleFacts } from '../src/rules';

/** Every rule that this package has. */
export const RULES: readonly RuleFacts[] = [...RULE_TABLES.flatMap(({ rules }) => rules), ...POSTGRES_RULES, ...WRITTEN_RULES, ...ACKNOWLEDGEMENT_RULES];
