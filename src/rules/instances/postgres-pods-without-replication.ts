import { EACH_ITS_OWN, type InstanceTarget, maximumField, mostOf, replicasOf } from './instance-target';
import { displayName } from '../../kubernetes';
import { replicates } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';

export const postgresPodsWithoutReplication: Rule<InstanceTarget> = {
  id: 'postgres-pods-without-replication',
  code: 'PGTLS-N06',
  severity: Severity.WARNING,
  title: 'several PostgreSQL pods without replication',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [EACH_ITS_OWN],
  check: ({ at, pod, manifests, isOurs, scalers }, report) => {
    if (isOurs || replicates(pod, manifests)) { return; }
    if (replicasOf(at) > 1) { report('spec.replicas', `${displayName(at)} has replicas ${replicasOf(at)} and no replication: the pods are unrelated databases`); }
    for (const scaler of scalers) { report({ at: scaler, field: maximumField(scaler) }, `${displayName(scaler)} scales ${displayName(at)} to ${mostOf(scaler)}, without replication: the pods are unrelated databases`); }
  },
  fix: 'set replicas to 1, or acknowledge the warning if replication is configured outside of these manifests',
};
