import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for backups and recoveries. */
export const BACKUP_RULES: ReadonlyArray<Rule<DatabaseContext>> = [];
