import { displayName } from '../../kubernetes';
import { replicates } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { InstanceTarget, EACH_ITS_OWN, replicasOf, mostOf } from './instance-shared';

export const postgresPodsWithoutReplication: Rule<InstanceTarget> = {
  id: 'postgres-pods-without-replication',
  code: 'PGTLS-N06',
  severity: Severity.WARNING,
  title: 'several PostgreSQL pods without replication',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: EACH_ITS_OWN,
  check: ({ at: object, pod, manifests, isOurs, scalers }) => {
    if (isOurs || replicates(pod, manifests)) { return []; }
    return [
      ...when(replicasOf(object) > 1, () => `${displayName(object)} has replicas ${replicasOf(object)} and no replication: the `
        + 'pods are unrelated databases'),
      ...scalers.map((scaler) => `${displayName(scaler)} scales ${displayName(object)} to ${mostOf(scaler)}, without replication: the `
        + 'pods are unrelated databases'),
    ];
  },
  fix: 'set replicas to 1, or acknowledge the warning if replication is configured outside of these manifests',
};
