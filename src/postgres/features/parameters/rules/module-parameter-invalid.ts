import { fieldOfParameter, givenParameters } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { extensionFault, isExtensionParameter } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const moduleParameterInvalid: Rule<DatabaseContext> = {
  id: 'module-parameter-invalid',
  code: 'PGTLS-P74',
  title: 'invalid parameter of a contrib module',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('contrib.html', 'Additional Supplied Modules and Extensions', 'for an invalid value the server logs a WARNING and uses the default')],
  check: (database, report) => {
    for (const [name, value] of givenParameters(database)) {
      const fault = isExtensionParameter(name) ? extensionFault(name, value) : undefined;
      if (fault !== undefined) { report(fieldOfParameter(name), `value '${value}' of parameter '${name}' ${fault}`); }
    }
  },
  fix: 'use a parameter and value that the documentation of the module describes',
};
