import { parameterManaged } from './rules/parameter-managed';
import { parameterRisksDataLoss } from './rules/parameter-risks-data-loss';
import { parameterSetTwice } from './rules/parameter-set-twice';
import { parameterUnknown } from './rules/parameter-unknown';
import { parameterValueInvalid } from './rules/parameter-value-invalid';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for single server parameters. */
export const PARAMETER_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  parameterUnknown,
  parameterManaged,
  parameterValueInvalid,
  parameterSetTwice,
  parameterRisksDataLoss,
];
