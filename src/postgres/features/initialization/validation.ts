import type { DatabaseContext } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { initdbOptionsInvalid } from './rules/initdb-options-invalid';
import { collationDependsOnImage } from './rules/collation-depends-on-image';
import { localeMissing } from './rules/locale-missing';

/** Rules for the initialization of the data directory. */
export const INITIALIZATION_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  initdbOptionsInvalid,
  collationDependsOnImage,
  localeMissing,
];
