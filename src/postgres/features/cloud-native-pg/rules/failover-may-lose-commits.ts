import type { DatabaseContext } from '../../../plan/database-context';
import { cloudNativePgFile, Consequence, type Rule, Severity } from '../../../../rules';

export const failoverMayLoseCommits: Rule<DatabaseContext> = {
  id: 'failover-may-lose-commits',
  code: 'PGTLS-P162',
  severity: Severity.WARNING,
  title: 'failover of two instances that may lose acknowledged commits',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [cloudNativePgFile('docs/src/replication.md', 'Synchronous Replication: asynchronous by default')],
  check: ({ plan: { availability, members } }, report) => {
    if (availability.engine !== 'cloudnativepg' || members !== 2 || availability.options.synchronous !== undefined) { return; }
    report('highAvailability.instances', 'there are two instances and synchronous is not set: a commit does not wait for the replica, and a failover loses what it does not have yet');
  },
  fix: 'use three instances; or set synchronous: true, with which the loss of one instance stops every write, or false to accept it',
};
