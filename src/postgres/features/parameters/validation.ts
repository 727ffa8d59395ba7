import type { DatabaseContext } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { parameterUnknown } from './rules/parameter-unknown';
import { parameterManaged } from './rules/parameter-managed';
import { parameterValueInvalid } from './rules/parameter-value-invalid';
import { parameterSetTwice } from './rules/parameter-set-twice';
import { parameterRisksDataLoss } from './rules/parameter-risks-data-loss';

/** Rules for single server parameters. */
export const PARAMETER_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  parameterUnknown,
  parameterManaged,
  parameterValueInvalid,
  parameterSetTwice,
  parameterRisksDataLoss,
];
