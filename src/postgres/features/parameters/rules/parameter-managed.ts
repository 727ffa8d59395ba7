import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule } from '../../../../rules';
import { given } from './shared';

export const parameterManaged: Rule<DatabaseContext> = {
  id: 'parameter-managed',
  code: 'PGTLS-P22',
  title: 'server parameter managed by this package',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'docs/postgres.md, Properties',
  check: ({ props, plan }) => given(props)
    .filter(([name]) => plan.reservedParameters[name.toLowerCase()] !== undefined)
    .map(([name]) => `parameter '${name}' cannot be set in parameters: ${plan.reservedParameters[name.toLowerCase()]}`),
  fix: 'remove it, and use the property instead if there is one',
};
