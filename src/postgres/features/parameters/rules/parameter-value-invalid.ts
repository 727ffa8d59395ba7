import type { DatabaseContext } from '../../../plan/database-context';
import { lookUpParameter, unfitValue } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';
import { given } from './shared';

export const parameterValueInvalid: Rule<DatabaseContext> = {
  id: 'parameter-value-invalid',
  code: 'PGTLS-P23',
  title: 'invalid value of a server parameter',
  consequence: Consequence.NEVER_READY,
  source: 'pg_settings of each major',
  check: ({ props, plan }) => given(props).flatMap(([name, value]) => {
    const known = lookUpParameter(plan.major, name);
    const fault = known && unfitValue(known, value);
    return when(fault !== undefined, () => `value '${value}' of parameter '${name}' ${fault}`);
  }),
  fix: 'use a value of the type, unit and range that pg_settings of that major version shows',
};
