import { effectiveValues } from './effective-values';
import { fieldOfParameter, givenParameters } from './given-parameters';
import { startFaults } from './start-faults';
import type { DatabaseContext } from '../../../plan/database-context';
import { ignoredFault, lookUpParameter, unfitValue } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';

export const parameterIgnored: Rule<DatabaseContext> = {
  id: 'parameter-ignored',
  code: 'PGTLS-P71',
  severity: Severity.WARNING,
  title: 'parameter value that the server accepts but ignores or changes',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('runtime-config.html', 'Server Configuration', 'the server starts, but truncates, skips or reinterprets the value, or it has no effect')],
  check: (database, report) => {
    const { of } = effectiveValues(database);
    const { major } = database.plan;
    const refused = new Set(startFaults(database).map(({ name }) => name));
    for (const [name, value] of givenParameters(database)) {
      const known = lookUpParameter(major, name);
      if (known === undefined || refused.has(name) || unfitValue(known, value) !== undefined) { continue; }
      const fault = ignoredFault(name, value, { major, of });
      if (fault !== undefined) { report(fieldOfParameter(name), `value '${value}' of parameter '${name}' ${fault}`); }
    }
  },
  fix: 'use a value that has an effect, remove it, or acknowledge the warning',
};
