import { booleanIn } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';
import type { DatabaseContext } from '../../../plan/database-context';
import { valuesOf } from './relations-shared';

export const archiveCommandMissing: Rule<DatabaseContext> = {
  id: 'archive-command-missing',
  code: 'PGTLS-P67',
  title: 'archiving enabled without archive_command or archive_library',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, Continuous Archiving: WAL is kept until it is archived',
  check: (database) => {
    const { of } = valuesOf(database);
    return when(booleanIn(of('archive_mode')) !== false && of('archive_command').trim() === '' && of('archive_library') === '',
      () => `archive_mode is '${of('archive_mode')}', but neither archive_command nor archive_library is set: WAL is kept until the volume is full`);
  },
  fix: "set archive_command or archive_library, or set archive_mode to 'off'",
};
