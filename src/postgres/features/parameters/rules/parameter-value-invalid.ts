import { fieldOfParameter, givenParameters } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { lookUpParameter, unfitValue } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const parameterValueInvalid: Rule<DatabaseContext> = {
  id: 'parameter-value-invalid',
  code: 'PGTLS-P23',
  title: 'invalid value of a server parameter',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('view-pg-settings.html', 'pg_settings', 'the types, units and ranges of each major version, read from its server')],
  check: (database, report) => {
    for (const [name, value] of givenParameters(database)) {
      const known = lookUpParameter(database.plan.major, name);
      const fault = known && unfitValue(known, value);
      if (fault !== undefined) { report(fieldOfParameter(name), `value '${value}' of parameter '${name}' ${fault}`); }
    }
  },
  fix: 'use a value of the type, unit and range that pg_settings of that major version shows',
};
