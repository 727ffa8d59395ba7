import { EACH_ITS_OWN, type InstanceTarget, replicasOf } from './instance-target';
import { valueAt } from '../../data';
import { displayName } from '../../kubernetes';
import { isOwnMember } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';

export const databaseReplicas: Rule<InstanceTarget> = {
  id: 'database-replicas',
  code: 'PGTLS-N04',
  title: 'replicas above 1 or ordinals.start above 0 on a database of this package',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [EACH_ITS_OWN],
  check: ({ at, pod, isOurs }, report) => {
    if (!isOurs) { return; }
    const [replicas, start] = [replicasOf(at), Number(valueAt(at.spec, 'ordinals.start') ?? 0)];
    if (replicas > 1 && !isOwnMember(pod)) {
      report('spec.replicas', `${displayName(at)} has replicas ${replicas}: each pod has its own data directory, and each connection reaches one of these unrelated databases`);
    }
    if (start !== 0) {
      report('spec.ordinals.start', `${displayName(at)} has ordinals.start ${start}: its pod is '${at.name}-${start}' and has other volume claims than '${at.name}-0'`);
    }
  },
  fix: 'set replicas to 1 (0 stops the database) and ordinals.start to 0: several servers need highAvailability',
};
