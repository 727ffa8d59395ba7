import type { DatabaseContext } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { memoryLimitTooSmall } from './rules/memory-limit-too-small';
import { hugePagesInvalid } from './rules/huge-pages-invalid';

/** Rules for memory and the parameters that allocate it. */
export const RESOURCE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  memoryLimitTooSmall,
  hugePagesInvalid,
];
