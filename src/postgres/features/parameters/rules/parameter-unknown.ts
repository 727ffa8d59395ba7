import type { DatabaseContext } from '../../../plan/database-context';
import { isExtensionParameter, lookUpParameter, majorsOf } from '../../../../postgresql';
import { Consequence, Rule } from '../../../../rules';
import { given } from './shared';

export const parameterUnknown: Rule<DatabaseContext> = {
  id: 'parameter-unknown',
  code: 'PGTLS-P21',
  title: 'server parameter unknown in this PostgreSQL major version',
  consequence: Consequence.NEVER_READY,
  source: 'pg_settings of each major',
  check: ({ props, plan }) => given(props)
    .filter(([name]) => !isExtensionParameter(name) && lookUpParameter(plan.major, name) === undefined && plan.reservedParameters[name.toLowerCase()] === undefined)
    .map(([name]) => {
      const majors = majorsOf(name);
      return `parameter '${name}' does not exist in PostgreSQL ${plan.major}${majors === undefined ? '' : `; it exists in ${majors}`}`;
    }),
  fix: 'correct the name, or use a major version that has the parameter',
};
