import { Consequence, Rule, Severity } from '../../../../rules';
import type { DatabaseContext } from '../../../plan/database-context';
import { faults } from './relations-shared';

export const parameterDependsOnImage: Rule<DatabaseContext> = {
  id: 'parameter-depends-on-image',
  code: 'PGTLS-P72',
  severity: Severity.WARNING,
  title: 'parameter value whose validity depends on the image',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL: libraries, locales and time zones are files of the image',
  check: (database) => faults(database).filter(({ depends }) => depends === true).map(({ name, value, fault }) => `value '${value}' of parameter '${name}' ${fault}`),
  fix: 'check that the image supports it, and acknowledge the warning',
};
