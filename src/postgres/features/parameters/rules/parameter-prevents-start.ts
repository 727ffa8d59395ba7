import { fieldOfParameter } from './given-parameters';
import { startFaults } from './start-faults';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresFile, type Rule } from '../../../../rules';

export const parameterPreventsStart: Rule<DatabaseContext> = {
  id: 'parameter-prevents-start',
  code: 'PGTLS-P70',
  title: 'parameter value that keeps the server or one of its processes from starting',
  consequence: Consequence.NEVER_READY,
  sources: [postgresFile('src/backend/utils/misc/guc.c', 'check hooks of the parameters: FATAL: invalid value for parameter')],
  check: (database, report) => {
    for (const { name, value, fault, depends } of startFaults(database)) {
      if (depends !== true) { report(fieldOfParameter(name), `value '${value}' of parameter '${name}' ${fault}`); }
    }
  },
  fix: 'use a value that the documentation of the parameter describes',
};
