import { resolveBackup } from '../resolve-backup';
import { resolveRecovery } from '../resolve-recovery';
import { placeOf } from '../resolve-repository';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, pgBackRestIssue, type Rule } from '../../../../rules';

export const recoveryFromOwnRepository: Rule<DatabaseContext> = {
  id: 'recovery-from-own-repository',
  code: 'PGTLS-P144',
  title: 'recovery from the repository that the new database writes to',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBackRestIssue(584, 'WAL of two databases in one archive')],
  check: ({ props: { backup, recovery }, plan }, report) => {
    if (backup === undefined || recovery === undefined) { return; }
    const own = placeOf(resolveBackup(backup._options, plan).repository, plan.namespace);
    if (own === placeOf(resolveRecovery(recovery._options, plan).repository, plan.namespace)) {
      report('recovery.repository', `backup writes to what the recovery reads (${own}): WAL of the new database would be mixed with that of the other one`);
    }
  },
  fix: 'give the new database another name, or its backup another path',
};
