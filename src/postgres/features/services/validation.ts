import { serviceOptionsInvalid } from './rules/service-options-invalid';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for options of Services. */
export const SERVICE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  serviceOptionsInvalid,
];
