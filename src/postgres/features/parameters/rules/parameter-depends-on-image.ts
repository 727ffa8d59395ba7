import { fieldOfParameter } from './given-parameters';
import { startFaults } from './start-faults';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';

export const parameterDependsOnImage: Rule<DatabaseContext> = {
  id: 'parameter-depends-on-image',
  code: 'PGTLS-P72',
  severity: Severity.WARNING,
  title: 'parameter value whose validity depends on the image',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('runtime-config-client.html', 'Client Connection Defaults', 'libraries, locales and time zones are files of the image')],
  check: (database, report) => {
    for (const { name, value, fault, depends } of startFaults(database)) {
      if (depends === true) { report(fieldOfParameter(name), `value '${value}' of parameter '${name}' ${fault}`); }
    }
  },
  fix: 'check that the image supports it, and acknowledge the warning',
};
