import { collationDependsOnImage } from './rules/collation-depends-on-image';
import { initdbOptionsInvalid } from './rules/initdb-options-invalid';
import { localeMissing } from './rules/locale-missing';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for the initialization of the data directory. */
export const INITIALIZATION_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  initdbOptionsInvalid,
  collationDependsOnImage,
  localeMissing,
];
