import { fieldOfParameter, givenParameters } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const parameterSetTwice: Rule<DatabaseContext> = {
  id: 'parameter-set-twice',
  code: 'PGTLS-P27',
  title: 'server parameter set twice',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('config-setting.html', 'Setting Parameters', 'parameter names are not case-sensitive, and the last entry counts')],
  check: (database, report) => {
    givenParameters(database).forEach(([name], index, all) => {
      if (all.findIndex(([other]) => other.toLowerCase() === name.toLowerCase()) !== index) {
        report(fieldOfParameter(name), `parameter '${name}' is set twice: parameter names are not case-sensitive`);
      }
    });
  },
  fix: 'set it once',
};
