import { extensionFault, isExtensionParameter } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';
import type { DatabaseContext } from '../../../plan/database-context';
import { own } from './relations-shared';

export const moduleParameterInvalid: Rule<DatabaseContext> = {
  id: 'module-parameter-invalid',
  code: 'PGTLS-P74',
  title: 'invalid parameter of a contrib module',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'contrib/ of PostgreSQL: the server logs a WARNING and uses the default',
  check: (database) => own(database).filter(([name]) => isExtensionParameter(name)).flatMap(([name, value]) => {
    const fault = extensionFault(name, value);
    return when(fault !== undefined, () => `value '${value}' of parameter '${name}' ${fault}`);
  }),
  fix: 'use a parameter and value that the documentation of the module describes',
};
