import type { DatabaseContext } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { serviceOptionsInvalid } from './rules/service-options-invalid';

/** Rules for options of Services. */
export const SERVICE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  serviceOptionsInvalid,
];
