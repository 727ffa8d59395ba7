import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, pgBackRestPage, type Rule } from '../../../../rules';

export const backupOfEphemeralDatabase: Rule<DatabaseContext> = {
  id: 'backup-of-ephemeral-database',
  code: 'PGTLS-P141',
  title: 'backup of a database on ephemeral storage',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBackRestPage('command.html', 'Stanza Create Command', 'the stanza belongs to one database system')],
  check: ({ props: { backup, storage } }, report) => {
    if (backup !== undefined && storage?.isDurable === false) {
      report('backup', 'each new pod initializes another database, which the repository of the first one refuses');
    }
  },
  fix: 'use PostgresStorage.durable, or remove backup',
};
