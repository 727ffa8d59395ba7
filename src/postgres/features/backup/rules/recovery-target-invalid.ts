import { clock } from '../clock';
import { recoveryTime } from '../resolve-recovery';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

/** The limit of `recovery_target_name`. Source: PostgreSQL src/backend/access/transam/xlogrecovery.c, check_recovery_target_name. */
const LONGEST_NAME = 63;

export const recoveryTargetInvalid: Rule<DatabaseContext> = {
  id: 'recovery-target-invalid',
  code: 'PGTLS-P176',
  title: 'recovery target that no backup can have',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('runtime-config-wal.html', 'Recovery Target', 'at most one target; a recovery that does not reach it ends with an error')],
  check: ({ props: { recovery } }, report) => {
    if (recovery === undefined) { return; }
    const { time, lsn, name } = recovery._options;
    const given = Object.entries({ time, lsn, name }).flatMap(([property, value]) => (value === undefined ? [] : [property]));
    if (given.length > 1) { return report('recovery', `${given.join(' and ')} are both targets, and a recovery has one`, 'keep one of them'); }
    if (time !== undefined) {
      const moment = recoveryTime(time);
      if (moment === undefined) { report('recovery.time', `time '${time}' is not a moment with a zone`, "write it as '2026-11-29T09:30:00Z'"); }
      else if (moment > clock.now()) { report('recovery.time', `time '${time}' is in the future`, 'give a moment before now, or none for the end of the archive'); }
    }
    if (lsn !== undefined && !/^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i.test(lsn)) { report('recovery.lsn', `lsn '${lsn}' is not a position such as '0/3000060'`); }
    if (name !== undefined && (name === '' || Buffer.byteLength(name) > LONGEST_NAME || /[\p{Cc}]/u.test(name))) {
      report('recovery.name', `name '${name}' is not that of a restore point: 1 to ${LONGEST_NAME} bytes in one line`);
    }
  },
  fix: 'write the target as PostgreSQL does',
};
