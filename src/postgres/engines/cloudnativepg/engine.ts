import { adaptContribution } from './adapt-contribution';
import { clusterHead, renderCluster } from './cluster';
import { podTraffic } from './pod-traffic';
import type { Contribution } from '../../plan/contribution';
import type { DatabaseBasics } from '../../plan/database-basics';
import type { Engine } from '../../plan/engine';
import { OBJECT_RANK } from '../../plan/rank';
import { statefulSet } from '../statefulset/engine';
import { FIXED_BY_CLOUD_NATIVE_PG } from '../../../workloads';

/** A Cluster of CloudNativePG: its operator makes pods, Services, PodDisruptionBudgets and replication. Certificates, access and network are this package's. */
export const cloudNativePg: Engine = {
  name: 'cloudnativepg',
  // Reserved in every engine: podTemplate with one of these names would not fit the others.
  containers: statefulSet.containers,
  contribution,
  adapt: adaptContribution,
  declaresObjects: true,
  // The operator makes the Services: no feature contributes one.
  service: statefulSet.service,
  serviceHead: statefulSet.serviceHead,
};

function contribution(basics: DatabaseBasics): Contribution {
  return {
    reservedParameters: reservedParameters(),
    traffic: podTraffic(basics),
    objects: [{ id: 'Resource', kind: 'Cluster', name: basics.name, rank: OBJECT_RANK.PODS, manifest: renderCluster, head: clusterHead }],
  };
}

/** The feature `tls` reserves the parameters of TLS. */
function reservedParameters(): Record<string, string> {
  const fixed = [...FIXED_BY_CLOUD_NATIVE_PG].filter((name) => !/^ssl(_|$)/.test(name) && name !== 'shared_preload_libraries');
  return {
    ...Object.fromEntries(fixed.map((name) => [name, 'CloudNativePG sets it'])),
    allow_alter_system: 'CloudNativePG turns ALTER SYSTEM off',
    wal_log_hints: 'CloudNativePG sets it to on, which replicas need',
  };
}
