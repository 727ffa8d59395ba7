import { fieldOfParameter, givenParameters } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, type Rule, source } from '../../../../rules';

export const parameterManaged: Rule<DatabaseContext> = {
  id: 'parameter-managed',
  code: 'PGTLS-P22',
  title: 'server parameter managed by this package',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('docs/postgres.md, Properties')],
  check: (database, report) => {
    for (const [name] of givenParameters(database)) {
      const reason = database.plan.reservedParameters[name.toLowerCase()];
      if (reason !== undefined) { report(fieldOfParameter(name), `parameter '${name}' cannot be set in parameters: ${reason}`); }
    }
  },
  fix: 'remove it, and use the property instead if there is one',
};
