import { referenceNameInvalid } from './reference-name-invalid';
import { referring } from './referring';
import { ruleTable } from '../engine/rule-table';

/** Rules about names in references. */
export const REFERENCE_NAME_RULES = ruleTable(referring, [
  referenceNameInvalid,
]);
