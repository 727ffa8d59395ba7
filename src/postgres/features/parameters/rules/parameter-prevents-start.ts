import { Consequence, Rule } from '../../../../rules';
import type { DatabaseContext } from '../../../plan/database-context';
import { faults } from './relations-shared';

export const parameterPreventsStart: Rule<DatabaseContext> = {
  id: 'parameter-prevents-start',
  code: 'PGTLS-P70',
  title: 'parameter value that keeps the server or one of its processes from starting',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, check hooks of the parameters: FATAL: invalid value for parameter',
  check: (database) => faults(database).filter(({ depends }) => depends !== true).map(({ name, value, fault }) => `value '${value}' of parameter '${name}' ${fault}`),
  fix: 'use a value that the documentation of the parameter describes',
};
