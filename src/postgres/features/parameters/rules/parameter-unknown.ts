import { fieldOfParameter, givenParameters } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { isExtensionParameter, lookUpParameter, majorsOf } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const parameterUnknown: Rule<DatabaseContext> = {
  id: 'parameter-unknown',
  code: 'PGTLS-P21',
  title: 'server parameter unknown in this PostgreSQL major version',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('view-pg-settings.html', 'pg_settings', 'the parameters of each major version, read from its server')],
  check: (database, report) => {
    const { major, reservedParameters } = database.plan;
    for (const [name] of givenParameters(database)) {
      if (isExtensionParameter(name) || lookUpParameter(major, name) !== undefined || reservedParameters[name.toLowerCase()] !== undefined) { continue; }
      const majors = majorsOf(name);
      report(fieldOfParameter(name), `parameter '${name}' does not exist in PostgreSQL ${major}${majors === undefined ? '' : `; it exists in ${majors}`}`);
    }
  },
  fix: 'correct the name, or use a major version that has the parameter',
};
