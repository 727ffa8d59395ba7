import type { KubeDbContext } from '../kubedb-context';
import type { KubeDbRule, KubeDbRules } from '../kubedb-rules';
import { type Answer, became, changed, FLAG, INTEGER, MAPPING, MAPPINGS, oneOf, refused, same, TEXT, unsupported, ValueType } from '../../field-rule';
import { isGiven, mapping, type Mapping, mappings, text } from '../../../data';

const REPLICAS = 'spec.replicas';
const READ_REPLICAS = 'read replicas: the replicas of highAvailability are all of one kind';
const NO_STANDBYS = 'without effect: there are no standbys';

/** Parameter `synchronous_commit` by KubeDB's levels. */
const COMMIT_LEVELS: Readonly<Record<string, string>> = { RemoteApply: 'remote_apply', RemoteWrite: 'remote_write' };

/** A setting of standbys: without an effect on one instance. */
function ofStandbys(is: ValueType, take: (value: unknown, context: KubeDbContext) => Answer, knows?: ReadonlyArray<string>): KubeDbRule {
  return {
    is,
    ...(knows === undefined ? {} : { knows }),
    take: (value, context) => {
      if (!context.isReplicated) { return changed(NO_STANDBYS); }
      return context.usesPatroni ? take(value, context) : unsupported('of standbys', context.instances > 1 ? REPLICAS : 'spec.readReplicas');
    },
  };
}

/** Standbys, leader election, and where a database is copied from. */
export const REPLICATION_FIELDS: KubeDbRules = {
  'spec.replicas': {
    is: INTEGER,
    take: (value, context) => {
      const instances = Number(value);
      if (instances < 1) { return refused(`is ${String(value)}`, 'use 1 or more'); }
      if (instances === 1) { return same('one instance'); }
      return context.patroniImage === undefined
        ? unsupported(`${instances} instances: give the image of Patroni for them (--patroni-image, option patroniImage); acknowledged, it becomes one instance`)
        : members(instances, context.patroniImage, context.spec);
    },
  },
  'spec.standbyMode': ofStandbys(oneOf('Hot', 'Warm'), (value) => (value === 'Hot' ? same('replicas accept connections that read')
    : unsupported('the replicas of Patroni accept connections that read: give no client the host of one'))),
  'spec.streamingMode': ofStandbys(oneOf('Synchronous', 'Asynchronous'), (value) => same(`highAvailability has synchronous: ${value === 'Synchronous'}`)),
  'spec.synchronousReplicationConfig': {
    only: 'v1',
    ...ofStandbys(MAPPING, (value) => synchronousReplication(mapping(value)), ['mode', 'numSyncReplicas', 'commitLevel', 'standbyNames', 'useWildcard']),
  },
  'spec.mode': {
    is: oneOf('Standalone', 'Cluster', 'RemoteReplica'),
    take: (value, { isReplicated, usesPatroni }) => {
      if (value === 'RemoteReplica') { return unsupported('a replica of another database'); }
      if (value === 'Standalone') { return same('one instance'); }
      if (!isReplicated) { return changed(NO_STANDBYS); }
      return usesPatroni ? same('several instances') : unsupported('of standbys', REPLICAS);
    },
  },
  'spec.leaderElection': ofStandbys(MAPPING, () => changed("left out: Patroni elects the leader; its times are ttl, loopWait and retryTimeout of property 'highAvailability'"), [
    'electionTick', 'heartbeatTick', 'leaseDurationSeconds', 'maximumLagBeforeFailover', 'period', 'renewDeadlineSeconds', 'retryPeriodSeconds',
    'transferLeadershipInterval', 'transferLeadershipTimeout',
  ]),
  'spec.replication.walLimitPolicy': ofStandbys(oneOf('WALKeepSize', 'ReplicationSlot', 'WALKeepSegment'), (value) => (value === 'ReplicationSlot'
    ? same('Patroni has a replication slot for each member') : changed('Patroni has a replication slot for each member, which keeps the WAL that it needs'))),
  'spec.replication.walKeepSize': ofStandbys(INTEGER, (value) => became('parameters.wal_keep_size', `${String(value as number)}MB`)),
  'spec.replication.walKeepSegment': ofStandbys(INTEGER, () => changed('left out: of PostgreSQL 12 and older')),
  'spec.replication.maxSlotWALKeepSize': ofStandbys(INTEGER, (value) => (Number(value) < 0 ? changed('left out: the WAL that slots keep is limited by the volume')
    : became('parameters.max_slot_wal_keep_size', `${String(value as number)}MB`))),
  'spec.replication.forceFailoverAcceptingDataLossAfter': ofStandbys(TEXT, () => unsupported('Patroni promotes no replica that may lack commits by itself: patronictl failover does')),
  'spec.arbiter': ofStandbys(MAPPING, () => changed('left out: the store of Patroni is the API server, and no member votes'), ['nodeSelector', 'resources', 'tolerations']),
  'spec.remoteReplica': { is: MAPPING, knows: ['sourceRef'], take: () => unsupported('a replica of another database') },
  'spec.readReplicas': {
    only: 'v1', is: MAPPINGS,
    take: (value) => (mappings(value).length === 0 ? same('empty') : unsupported(READ_REPLICAS)),
  },
  'spec.distributed': { only: 'v1', is: FLAG, take: (value) => (value === true ? unsupported('a database across clusters: not planned') : same('one cluster')) },
};

/** KubeDB replicates asynchronously unless it is asked to, and adds an arbiter to an even number. */
function members(instances: number, image: string, spec: Mapping): Answer {
  const isSynchronous = spec['streamingMode'] === 'Synchronous';
  const isEven = instances % 2 === 0;
  return changed(`property 'highAvailability': Patroni in place of KubeDB's coordinator, with a Service of the replicas${isSynchronous ? '' : '; as with KubeDB, a failover may lose commits: streamingMode Synchronous'}`, [
    ['highAvailability.image', image], ['highAvailability.members', instances], ...(isEven ? [['highAvailability.evenMembers', true] as const] : []),
    ['highAvailability.synchronous', isSynchronous],
  ]);
}

function synchronousReplication({ numSyncReplicas, commitLevel }: Mapping): Answer {
  if (isGiven(numSyncReplicas) && numSyncReplicas !== 1) { return unsupported(`numSyncReplicas ${text(numSyncReplicas) || JSON.stringify(numSyncReplicas)}: a commit waits for one replica`); }
  if (typeof commitLevel === 'boolean') { return refused(`has commitLevel ${String(commitLevel)}`, "quote 'On' and 'Off': YAML reads them as true and false"); }
  if (commitLevel === 'Local' || commitLevel === 'Off') { return unsupported(`commitLevel ${commitLevel}: no replica is waited for; use streamingMode Asynchronous`); }
  const level = COMMIT_LEVELS[text(commitLevel)];
  return changed('Patroni selects the replica that a commit waits for', level === undefined ? [] : [['parameters.synchronous_commit', level]]);
}
