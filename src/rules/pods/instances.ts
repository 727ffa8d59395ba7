import { isGiven, mapping, text, valueAt } from '../../data';
import { displayName, Located, Manifest, PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { isOwnPod, replicates, Workloads } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** A StatefulSet or Deployment that runs PostgreSQL, and what scales it. */
interface InstanceTarget extends Located {
  readonly pod: PodView;
  readonly manifests: IssuanceGraph;
  /** Whether this package has written it. */
  readonly isOurs: boolean;
  /** Objects that may give it more than one pod. */
  readonly scalers: ReadonlyArray<Manifest>;
}

const EACH_ITS_OWN = 'Kubernetes, StatefulSets: every pod has its own volumes, and a Service leads to all pods (tried: logins went to two '
  + 'databases)';

/** Rules for the number of instances: pods without replication are unrelated databases behind one Service. */
export const INSTANCE_RULES = ruleTable(instances, [
  {
    code: 'PGTLS-N04',
    title: 'replicas above 1 or ordinals.start above 0 on a database of this package',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: EACH_ITS_OWN,
    check: ({ at: object, isOurs }) => {
      const [replicas, start] = isOurs ? [replicasOf(object), Number(valueAt(object.spec, 'ordinals.start') ?? 0)] : [1, 0];
      return [
        ...when(replicas > 1, () => `${displayName(object)} has replicas ${replicas}: each pod has its own data directory, and each `
          + 'connection reaches one of these unrelated databases'),
        ...when(start !== 0, () => `${displayName(object)} has ordinals.start ${start}: its pod is '${object.name}-${start}' and has other `
          + `volume claims than '${object.name}-0'`),
      ];
    },
    fix: 'set replicas to 1 (0 stops the database) and ordinals.start to 0: this package runs one instance',
  },
  {
    code: 'PGTLS-N05',
    title: 'autoscaler on a database of this package',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: EACH_ITS_OWN,
    check: ({ at: object, isOurs, scalers }) => (isOurs ? scalers : []).map((scaler) => `${displayName(scaler)} scales ${displayName(object)} to `
      + `${mostOf(scaler)}: each additional pod has its own data directory`),
    fix: 'remove the autoscaler, or limit it to 1 replica; a VerticalPodAutoscaler can size the single pod',
  },
  {
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
  },
] satisfies Rule<InstanceTarget>[]);

function instances(manifests: IssuanceGraph): InstanceTarget[] {
  const scalers = manifests.objects.filter(scalesOut);
  const workloads = manifests.pods.filter(({ at: { group, kind } }) => group === 'apps' && (kind === 'StatefulSet' || kind === 'Deployment'));
  return workloads.flatMap((pod) => {
    const isOurs = pod.at.kind === 'StatefulSet' && isOwnPod(pod);
    const mine = scalers.filter((scaler) => targets(scaler, pod.at));
    const isConcerned = isOurs || mine.length > 0 || replicasOf(pod.at) > 1;
    const isServer = isConcerned && (isOurs || Workloads.of(manifests).serversOf(pod).length > 0);
    return isServer ? [{ at: pod.at, pod, manifests, isOurs, scalers: mine }] : [];
  });
}

function replicasOf({ spec }: Manifest): number {
  return isGiven(spec['replicas']) ? Number(spec['replicas']) : 1;
}

/**
 * Autoscalers of any kind (HorizontalPodAutoscaler, KEDA's ScaledObject, …) name what they scale in `scaleTargetRef`; a vertical one has
 * `targetRef`.
 */
function scalesOut(object: Manifest): boolean {
  return isGiven(object.spec['scaleTargetRef']) && limitOf(object) !== 1;
}

function targets({ namespace, spec }: Manifest, workload: Manifest): boolean {
  const { kind, name } = mapping(spec['scaleTargetRef']);
  return namespace === workload.namespace && text(name) === workload.name && (text(kind) || 'Deployment') === workload.kind;
}

/** The maximum replicas of an autoscaler; undefined where it has no maximum. */
function limitOf({ spec }: Manifest): number | undefined {
  const limit = spec['maxReplicas'] ?? spec['maxReplicaCount'];
  return isGiven(limit) ? Number(limit) : undefined;
}

function mostOf(scaler: Manifest): string {
  const limit = limitOf(scaler);
  return limit === undefined ? 'more than one pod' : `up to ${limit} pods`;
}
