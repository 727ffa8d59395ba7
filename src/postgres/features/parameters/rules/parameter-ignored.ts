import { ignoredFault, lookUpParameter, unfitValue } from '../../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../../rules';
import type { DatabaseContext } from '../../../plan/database-context';
import { own, valuesOf, faults } from './relations-shared';

export const parameterIgnored: Rule<DatabaseContext> = {
  id: 'parameter-ignored',
  code: 'PGTLS-P71',
  severity: Severity.WARNING,
  title: 'parameter value that the server accepts but ignores or changes',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL: the server starts, but truncates, skips or reinterprets the value, or it has no effect',
  check: (database) => {
    const { of } = valuesOf(database);
    const { major } = database.plan;
    const refused = new Set(faults(database).map(({ name }) => name));
    return own(database).flatMap(([name, value]) => {
      const known = lookUpParameter(major, name);
      const fault = known === undefined || refused.has(name) || unfitValue(known, value) !== undefined ? undefined : ignoredFault(name, value, { major, of });
      return when(fault !== undefined, () => `value '${value}' of parameter '${name}' ${fault}`);
    });
  },
  fix: 'use a value that has an effect, remove it, or acknowledge the warning',
};
