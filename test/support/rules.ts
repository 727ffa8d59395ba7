import { POSTGRES_RULES } from '../../src/postgres/private/proofs';
import { WRITTEN_RULES } from '../../src/postgres/private/written-proofs';
import { ACKNOWLEDGEMENT_RULES, CATALOGUE, RuleFacts } from '../../src/rules';

/** Every rule that this package has. */
export const RULES: readonly RuleFacts[] = [...CATALOGUE.flatMap(({ rules }) => rules), ...POSTGRES_RULES, ...WRITTEN_RULES, ...ACKNOWLEDGEMENT_RULES];
