import type { KubeDbRule, KubeDbRules } from '../kubedb-rules';
import { changed, FLAG, INTEGER, MAPPING, MAPPINGS, oneOf, refused, same, TEXT, unsupported, ValueType } from '../../field-rule';
import { mappings } from '../../../data';

const REPLICAS = 'spec.replicas';
const COMING = 'a database has one instance; standbys with failover are planned and will take these fields';

/** A setting of standbys: without an effect on one instance. */
function ofStandbys(is: ValueType, knows?: ReadonlyArray<string>): KubeDbRule {
  return {
    is,
    ...(knows === undefined ? {} : { knows }),
    take: (_, { isReplicated, spec }) => (isReplicated ? unsupported(`of standbys: ${COMING}`, Number(spec['replicas'] ?? 1) > 1 ? REPLICAS : 'spec.readReplicas')
      : changed('without effect: there are no standbys')),
  };
}

/** Standbys, leader election, and where a database is copied from. */
export const REPLICATION_FIELDS: KubeDbRules = {
  'spec.replicas': {
    is: INTEGER,
    take: (value) => (Number(value) < 1 ? refused(`is ${String(value)}`, 'use 1 or more') : value === 1 ? same('one instance') : unsupported(`${String(value)} instances: ${COMING}`)),
  },
  'spec.standbyMode': ofStandbys(oneOf('Hot', 'Warm')),
  'spec.streamingMode': ofStandbys(oneOf('Synchronous', 'Asynchronous')),
  'spec.synchronousReplicationConfig': { only: 'v1', ...ofStandbys(MAPPING, ['mode', 'numSyncReplicas', 'commitLevel', 'standbyNames', 'useWildcard']) },
  'spec.mode': {
    is: oneOf('Standalone', 'Cluster', 'RemoteReplica'),
    take: (value, { isReplicated }) => {
      if (value === 'RemoteReplica') { return unsupported('a replica of another database: planned with standbys'); }
      return value === 'Standalone' ? same('one instance') : isReplicated ? unsupported(`of standbys: ${COMING}`, REPLICAS) : changed('without effect: there are no standbys');
    },
  },
  'spec.leaderElection': ofStandbys(MAPPING, [
    'electionTick', 'heartbeatTick', 'leaseDurationSeconds', 'maximumLagBeforeFailover', 'period', 'renewDeadlineSeconds', 'retryPeriodSeconds',
    'transferLeadershipInterval', 'transferLeadershipTimeout',
  ]),
  'spec.replication.walLimitPolicy': ofStandbys(oneOf('WALKeepSize', 'ReplicationSlot', 'WALKeepSegment')),
  'spec.replication.walKeepSize': ofStandbys(INTEGER),
  'spec.replication.walKeepSegment': ofStandbys(INTEGER),
  'spec.replication.maxSlotWALKeepSize': ofStandbys(INTEGER),
  'spec.replication.forceFailoverAcceptingDataLossAfter': ofStandbys(TEXT),
  'spec.arbiter': ofStandbys(MAPPING, ['nodeSelector', 'resources', 'tolerations']),
  'spec.remoteReplica': { is: MAPPING, knows: ['sourceRef'], take: () => unsupported('a replica of another database: planned with standbys') },
  'spec.readReplicas': {
    only: 'v1', is: MAPPINGS,
    take: (value) => (mappings(value).length === 0 ? same('empty') : unsupported(`read replicas: ${COMING}`)),
  },
  'spec.distributed': { only: 'v1', is: FLAG, take: (value) => (value === true ? unsupported('a database across clusters: not planned') : same('one cluster')) },
};
