import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for databases with Patroni. */
export const MEMBER_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
];
