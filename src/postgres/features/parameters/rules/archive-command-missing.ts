import { effectiveValues } from './effective-values';
import { parameterField } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { booleanIn } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const archiveCommandMissing: Rule<DatabaseContext> = {
  id: 'archive-command-missing',
  code: 'PGTLS-P67',
  title: 'archiving enabled without archive_command or archive_library',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('continuous-archiving.html', 'Continuous Archiving', 'WAL is kept until it is archived')],
  check: (database, report) => {
    const { of } = effectiveValues(database);
    if (booleanIn(of('archive_mode')) !== false && of('archive_command').trim() === '' && of('archive_library') === '') {
      report(parameterField(database, 'archive_mode'), `archive_mode is '${of('archive_mode')}', but neither archive_command nor archive_library is set: WAL is kept until the volume is full`);
    }
  },
  fix: "set archive_command or archive_library, or set archive_mode to 'off'",
};
