import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule } from '../../../../rules';
import { given } from './shared';

export const parameterSetTwice: Rule<DatabaseContext> = {
  id: 'parameter-set-twice',
  code: 'PGTLS-P27',
  title: 'server parameter set twice',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL: parameter names are not case-sensitive',
  check: ({ props }) => given(props)
    .filter(([name], index, all) => all.findIndex(([other]) => other.toLowerCase() === name.toLowerCase()) !== index)
    .map(([name]) => `parameter '${name}' is set twice: parameter names are not case-sensitive`),
  fix: 'set it once',
};
