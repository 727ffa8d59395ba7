import { type Overreach, type OverreachTarget, workloadsOf } from './overreach';
import { selectorMatchesDatabase } from './selector-matches-database';
import { selectorMatchesOtherWorkload } from './selector-matches-other-workload';
import { groupBy, isGiven, mapping, mappings, text } from '../../data';
import { hasDirection, type Manifest, meetsPorts, NetworkPolicies, PodSelection, type PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { isDatabaseImage, isOwnPod, isServerImage, replicates, Workloads } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

/** Rules for label selectors that match the pods of other workloads. */
export const SELECTOR_RULES = ruleTable(overreachTargets, [
  selectorMatchesDatabase,
  selectorMatchesOtherWorkload,
]);

/** Manifests that are applied together, of all that are checked. */
interface AppliedSet {
  readonly manifests: IssuanceGraph;
  readonly pods: ReadonlyArray<PodView>;
  readonly has: (at: Manifest) => boolean;
}

function overreachTargets(manifests: IssuanceGraph): OverreachTarget[] {
  const found = appliedSets(manifests).flatMap((set) => [...controllers(set), ...services(set), ...budgets(set), ...policies(set)]);
  const groups = groupBy(found, ({ pods }) => workloadsOf(pods).map(({ path, kind, name }) => `${path} ${kind} ${name}`).sort().join('\n'));
  return [...groups.values()].map((overreaches) => ({
    at: overreaches[0]!.by, overreaches, hasDatabase: overreaches.some(({ pods }) => pods.some((pod) => isDatabase(pod, manifests))),
  }));
}

/** The sets that have more than one pod: a single one overlaps with no other. */
function appliedSets(manifests: IssuanceGraph): AppliedSet[] {
  const { pods } = manifests;
  if (pods.length < 2) { return []; }
  if (pods.every(({ at }) => at.sets === undefined)) { return [{ manifests, pods, has: () => true }]; }
  const bySet = groupBy(pods.flatMap((pod) => (pod.at.sets ?? []).map((set) => ({ set, pod }))), ({ set }) => set);
  return [...bySet].filter(([, entries]) => entries.length > 1)
    .map(([set, entries]) => ({ manifests, pods: entries.map(({ pod }) => pod), has: ({ sets = [] }) => sets.includes(set) }));
}

/** A controller counts the pods of its selector, and so do its autoscalers; some adopt pods without an owner. */
function controllers(set: AppliedSet): Overreach[] {
  return set.pods.filter(isController).flatMap((pod) => {
    const others = selected(set, pod.at.namespace, pod.at.spec['selector']).filter((other) => other !== pod && isController(other) && !isTwin(other, pod));
    return others.length === 0 ? [] : [{ by: pod.at, field: 'spec.selector', pods: [pod, ...others], consequence: 'a controller counts the pods of another as its own' }];
  });
}

function services(set: AppliedSet): Overreach[] {
  const { manifests } = set;
  return selecting(set, '', 'Service').flatMap((service) => {
    if (service.spec['type'] === 'ExternalName') { return []; }
    const pods = running(selected(set, service.namespace, { matchLabels: service.spec['selector'] }));
    // Clients do not connect to a Service that governs the pods of several StatefulSets.
    if (pods.length < 2 || pods.every((pod) => pod.at.kind === 'StatefulSet' && pod.at.spec['serviceName'] === service.name)) { return []; }
    for (const port of mappings(service.spec['ports'])) {
      const target = text(port['targetPort']) || text(port['port']);
      const reached = pods.filter((pod) => (isDatabase(pod, manifests) ? isAtDatabase(pod, target, manifests) : /^\d+$/.test(target) || pod.containerAt(target) !== undefined));
      const databases = reached.filter((pod) => isDatabase(pod, manifests));
      if (databases.length > 0 && databases.length < reached.length) { return [{ by: service, field: 'spec.selector', pods: reached, consequence: 'connections to a database reach another program' }]; }
      if (databases.length > 1 && !databases.some((pod) => mayReplicate(pod, manifests))) {
        return [{ by: service, field: 'spec.selector', pods: reached, consequence: 'connections reach unrelated databases' }];
      }
    }
    return [];
  });
}

function budgets(set: AppliedSet): Overreach[] {
  const { manifests } = set;
  const selections = selecting(set, 'policy', 'PodDisruptionBudget').map((by) => ({ by, pods: budgeted(by, set) }));
  const mixed = selections.filter(({ by, pods }) => {
    const databases = pods.filter((pod) => isDatabase(pod, manifests)).length;
    return !isEmpty(by.spec['selector']) && databases > 0 && databases < pods.length;
  });
  const shared = connected(selections.filter((selection) => !mixed.includes(selection)));
  return [
    ...mixed.map((selection) => ({ ...selection, field: 'spec.selector', consequence: 'a pod of one workload that is not ready blocks the eviction of the other' })),
    ...shared.map((selection) => ({ ...selection, field: 'spec.selector', consequence: 'a pod with two budgets cannot be evicted, and a drain of its node does not finish' })),
  ];
}

interface Selection {
  readonly by: Manifest;
  readonly pods: ReadonlyArray<PodView>;
}

/** Selections with common pods, each with all pods of the selections that are connected to it. */
function connected(selections: ReadonlyArray<Selection>): Selection[] {
  const counts = new Map<PodView, number>();
  for (const pod of selections.flatMap(({ pods }) => pods)) { counts.set(pod, (counts.get(pod) ?? 0) + 1); }
  const overlapping = selections.map(({ by, pods }) => ({ by, pods: pods.filter((pod) => counts.get(pod)! > 1) })).filter(({ pods }) => pods.length > 0);
  const groups: Array<Set<PodView>> = [];
  for (const { pods } of overlapping) {
    const met = groups.filter((group) => pods.some((pod) => group.has(pod)));
    groups.splice(0, groups.length, ...groups.filter((group) => !met.includes(group)), new Set([...met.flatMap((group) => [...group]), ...pods]));
  }
  return overlapping.map(({ by, pods }) => ({ by, pods: [...groups.find((group) => group.has(pods[0]!))!] }));
}

/** In policy/v1 an empty selector matches every pod of the namespace. */
function budgeted({ namespace, version, spec: { selector } }: Manifest, set: AppliedSet): ReadonlyArray<PodView> {
  const isAll = isGiven(selector) && isEmpty(selector) && version === 'v1';
  return running(isAll ? within(set, PodSelection.of(set.manifests).all(namespace)) : selected(set, namespace, selector));
}

/**
 * A policy for many pods is correct, because policies are additive. It is a fault only if it allows the ports of a database alone and so
 * isolates a workload that no other policy admits.
 */
function policies(set: AppliedSet): Overreach[] {
  const { manifests } = set;
  return selecting(set, 'networking.k8s.io', 'NetworkPolicy').flatMap((policy) => {
    const rules = mappings(policy.spec['ingress']);
    if (!hasDirection(policy, 'Ingress') || rules.length === 0 || isEmpty(policy.spec['podSelector'])) { return []; }
    const pods = running(selected(set, policy.namespace, policy.spec['podSelector']));
    const databases = pods.filter((pod) => isDatabase(pod, manifests));
    if (databases.length === 0 || databases.length === pods.length) { return []; }
    const isForDatabase = rules.every((rule) => mappings(rule['ports']).length > 0 && databases.some((pod) => pod.ports.some(({ containerPort }) => meetsPorts(rule['ports'], { pod, port: text(containerPort) }))));
    const shut = isForDatabase ? pods.filter((pod) => !databases.includes(pod) && NetworkPolicies.of(manifests).isShut(pod)) : [];
    return shut.length === 0 ? [] : [{ by: policy, field: 'spec.podSelector', pods: [...databases, ...shut], consequence: 'a policy for the ports of the database blocks the ports of the others' }];
  });
}

/** Whether its manifest visibly runs PostgreSQL. */
function isDatabase(pod: PodView, manifests: IssuanceGraph): boolean {
  return isOwnPod(pod) || Workloads.of(manifests).serversOf(pod).some(({ isPooler }) => !isPooler)
    || (!pod.isJob && pod.containers.some(({ isInit, command, image }) => !isInit && command.length === 0 && !isServerImage(image) && isDatabaseImage(image)));
}

/** Whether it replicates, or its image is not known and may do so. */
function mayReplicate(pod: PodView, manifests: IssuanceGraph): boolean {
  return replicates(pod, manifests) || Workloads.of(manifests).serversOf(pod).some(({ isKnownImage }) => !isKnownImage);
}

/** Whether a port of its pod leads to PostgreSQL or to no container; an exporter or another program has other ports. */
function isAtDatabase(pod: PodView, target: string, manifests: IssuanceGraph): boolean {
  const named = pod.containerAt(target);
  if (named === undefined) { return /^\d+$/.test(target); }
  const servers = Workloads.of(manifests).serversOf(pod);
  return servers.length > 0 ? servers.some(({ container }) => container === named) : isDatabaseImage(named.image);
}

function isController({ at: { group } }: PodView): boolean {
  return group === 'apps';
}

function selected(set: AppliedSet, namespace: string | undefined, selector: unknown): ReadonlyArray<PodView> {
  return within(set, PodSelection.of(set.manifests).selected(namespace, selector));
}

function within({ has }: AppliedSet, pods: ReadonlyArray<PodView>): ReadonlyArray<PodView> {
  return pods.filter(({ at }) => has(at));
}

/** Objects of a kind, the first of each identity: PGTLS-N02 reports the others. */
function selecting({ manifests, has }: AppliedSet, group: string, kind: string): Manifest[] {
  return manifests.ofKind(group, kind).filter((object) => has(object) && manifests.find(group, kind, object.namespace, object.name, object) === object);
}

function isTwin({ at: one }: PodView, { at: other }: PodView): boolean {
  return one.kind === other.kind && one.name === other.name;
}

/** Each workload once, without workloads scaled to 0, which receive no connections. */
function running(pods: ReadonlyArray<PodView>): ReadonlyArray<PodView> {
  const started = pods.filter(({ at: { spec } }) => !isGiven(spec['replicas']) || Number(spec['replicas']) !== 0);
  return started.filter((pod, index) => !started.slice(0, index).some((earlier) => isTwin(earlier, pod)));
}

function isEmpty(selector: unknown): boolean {
  return Object.keys(mapping(mapping(selector)['matchLabels'])).length === 0 && mappings(mapping(selector)['matchExpressions']).length === 0;
}
