import { POSTGRES_RULES } from '../src/postgres/private/proofs';
import { WRITTEN_RULES } from '../src/postgres/private/written-proofs';
import { ACKNOWLEDGEMENT_RULES } from '../src/proofs/private/rules/acknowledgements';
import { CATALOGUE } from '../src/proofs/private/catalogue';
import type { RuleFacts } from '../src/proofs/private/rule-table';

/** Every rule that this package has. */
export const RULES: readonly RuleFacts[] = [...CATALOGUE.flatMap(({ rules }) => rules), ...POSTGRES_RULES, ...WRITTEN_RULES, ...ACKNOWLEDGEMENT_RULES];
