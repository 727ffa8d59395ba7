import { hugePagesInvalid } from './rules/huge-pages-invalid';
import { memoryLimitTooSmall } from './rules/memory-limit-too-small';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for memory and the parameters that allocate it. */
export const RESOURCE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  memoryLimitTooSmall,
  hugePagesInvalid,
];
