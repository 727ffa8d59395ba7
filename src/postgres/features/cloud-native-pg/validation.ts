import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for a database that CloudNativePG runs. */
export const CLOUD_NATIVE_PG_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
];
