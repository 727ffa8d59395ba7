import { isGiven, mapping, Mapping, mappings, memoizeByObject, text, texts, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { ContainerView, displayName, Located, Manifest, PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** A pod with the quotas and limit ranges of its namespace. */
interface QuotaTarget extends Located {
  readonly pod: PodView;
  readonly quotas: ReadonlyArray<Manifest>;
  readonly ranges: ReadonlyArray<Range>;
}

/** An item of a LimitRange for containers, with the defaults of the API server. */
interface Range {
  readonly by: Manifest;
  readonly max: Mapping;
  readonly min: Mapping;
  readonly ratio: Mapping;
  readonly limit: Mapping;
  readonly request: Mapping;
}

const OWN_PROPERTIES = 'in a Postgres: resources, podTemplate.initResources, podTemplate.reloaderResources and monitor.resources';

/** Rules for requests and limits, where the app contains the ResourceQuota or LimitRange of the namespace. */
export const QUOTA_RULES = ruleTable(quotaTargets, [
  {
    code: 'PGTLS-P89',
    title: 'pod exceeds a ResourceQuota or lacks a request or limit that it counts',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes pkg/quota/v1/evaluator/core/pods.go: failed quota: must specify limits.cpu; exceeded quota',
    check: (target) => countedBy(target).flatMap((counted) => [
      ...(target.ranges.length === 0 ? [] : lackingFaults(target, counted)),
      ...exceededFaults(target, counted),
    ]),
    fix: `set the requests and limits that the quota counts on every container (${OWN_PROPERTIES}), or add a LimitRange with defaults`,
  },
  {
    code: 'PGTLS-P92',
    severity: Severity.WARNING,
    title: 'container without a request or limit that a ResourceQuota counts',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes pkg/quota/v1/evaluator/core/pods.go: failed quota: must specify limits.cpu',
    // With a LimitRange in the app, PGTLS-P89 decides.
    check: (target) => (target.ranges.length > 0 ? [] : countedBy(target).flatMap((counted) => lackingFaults(target, counted))),
    fix: `set the requests and limits that the quota counts on every container (${OWN_PROPERTIES}), or acknowledge the warning if a LimitRange outside of the app sets defaults`,
  },
  {
    code: 'PGTLS-P90',
    title: 'container violates a LimitRange',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes plugin/pkg/admission/limitranger; a default limit below the request makes the pod invalid',
    check: ({ pod, ranges }) => pod.containers.flatMap((container) => ranges.flatMap((range) => rangeFaults(container, range))
      .map((fault) => `container '${container.name}' of ${displayName(pod.at)}: ${fault}`)),
    fix: `set requests and limits within the LimitRange (${OWN_PROPERTIES}), or change the LimitRange`,
  },
] satisfies Rule<QuotaTarget>[]);

/** Resources that every container must set if a quota counts them. Source: pods.go, validationSet. */
const DEMANDED = new Set(['cpu', 'memory']);

function quotaTargets(manifests: IssuanceGraph): QuotaTarget[] {
  const quotas = manifests.ofKind('', 'ResourceQuota');
  const ranges = manifests.ofKind('', 'LimitRange');
  if (quotas.length === 0 && ranges.length === 0) { return []; }
  const here = <Value extends Manifest>(objects: ReadonlyArray<Value>, pod: PodView) => objects.filter(({ namespace }) => namespace === pod.at.namespace);
  // A pod with pod-level resources is counted by those.
  return manifests.pods.filter(({ at: { spec }, spec: { resources } }) => !isGiven(resources) && Number(spec['replicas'] ?? 1) !== 0)
    .map((pod) => ({ at: pod.at, pod, quotas: here(quotas, pod), ranges: here(ranges, pod).flatMap(rangesOf) }))
    .filter((target) => target.quotas.length > 0 || target.ranges.length > 0);
}

/** An amount that a quota counts for a pod. */
interface Counted {
  readonly quota: Manifest;
  /** The name in the quota, for example `limits.cpu`. */
  readonly name: string;
  readonly which: 'requests' | 'limits';
  readonly resource: string;
  readonly hard: unknown;
}

function countedBy({ pod, quotas }: QuotaTarget): Counted[] {
  return quotas.filter((quota) => isFor(quota, pod)).flatMap((quota) => Object.entries(mapping(quota.spec['hard'])).flatMap(([name, hard]) => {
    const [which, resource = ''] = name === 'cpu' || name === 'memory' ? ['requests', name] : name.split('.');
    return which === 'requests' || which === 'limits' ? [{ quota, name, which, resource, hard }] : [];
  }));
}

function lackingFaults({ pod, ranges }: QuotaTarget, { quota, name, which, resource }: Counted): string[] {
  const lacking = DEMANDED.has(resource) ? pod.containers.filter((container) => amountOf(container, which, resource, ranges) === undefined).map((container) => `'${container.name}'`) : [];
  return when(lacking.length > 0, () => `${displayName(quota)} counts ${name}, but ${lacking.length === 1 ? 'container' : 'containers'} ${lacking.join(', ')} of ${displayName(pod.at)} `
    + `${lacking.length === 1 ? 'has' : 'have'} no ${resource} ${which.slice(0, -1)}`);
}

function exceededFaults({ pod, ranges }: QuotaTarget, { quota, name, which, resource, hard }: Counted): string[] {
  const total = totalOf(pod, which, resource, ranges);
  const most = parseQuantity(hard);
  return when(most !== undefined && total > most, () => `${displayName(quota)} allows ${name} ${text(hard)}, but one pod of ${displayName(pod.at)} has ${formatted(total, resource)}`);
}

/** A quota with scopes counts some pods only. Source: Kubernetes, Resource Quotas, quota scopes. */
function isFor({ spec }: Manifest, pod: PodView): boolean {
  return !isGiven(spec['scopeSelector']) && texts(spec['scopes']).every((scope) =>
    (scope === 'NotTerminating' && !pod.isJob) || (scope === 'NotBestEffort' && pod.containers.some(({ spec: { resources } }) => isGiven(resources))));
}

/** Source: Kubernetes pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem. */
const rangesOf = memoizeByObject((by: Manifest): Range[] => mappings(by.spec['limits']).filter(({ type }) => text(type) === 'Container').map((item) => {
  const [max, min] = [mapping(item['max']), mapping(item['min'])];
  const limit = { ...max, ...mapping(item['default']) };
  return { by, max, min, ratio: mapping(item['maxLimitRequestRatio']), limit, request: { ...min, ...limit, ...mapping(item['defaultRequest']) } };
}));

/** A request or limit after admission: a missing request defaults to the limit. */
function amountOf({ spec }: ContainerView, which: 'requests' | 'limits', resource: string, ranges: ReadonlyArray<Range>): unknown {
  const limit = valueAt(spec, 'resources.limits');
  const given = which === 'limits' ? mapping(limit)[resource] : mapping(valueAt(spec, 'resources.requests'))[resource] ?? mapping(limit)[resource];
  return given ?? ranges.map((range) => (which === 'limits' ? range.limit : range.request)[resource]).find(isGiven);
}

/** The amount that the quota counts for a pod: the sum of the containers, or the largest init container. */
function totalOf({ containers }: PodView, which: 'requests' | 'limits', resource: string, ranges: ReadonlyArray<Range>): number {
  const amount = (container: ContainerView) => parseQuantity(amountOf(container, which, resource, ranges) ?? 0) ?? 0;
  const together = containers.filter(({ isInit }) => !isInit).reduce((sum, container) => sum + amount(container), 0);
  return Math.max(together, ...containers.filter(({ isInit }) => isInit).map(amount));
}

function rangeFaults(container: ContainerView, range: Range): string[] {
  const resources = [...new Set([range.max, range.min, range.limit, range.ratio].flatMap((part) => Object.keys(part)))];
  return resources.flatMap((resource) => {
    const [limit, request] = [amountOf(container, 'limits', resource, [range]), amountOf(container, 'requests', resource, [range])];
    const [most, least, ratio] = [range.max[resource], range.min[resource], range.ratio[resource]];
    const isDefault = !isGiven(mapping(valueAt(container.spec, 'resources.limits'))[resource]);
    return [
      ...when(isAbove(limit, most), () => `${displayName(range.by)} allows at most ${resource} ${text(most)}, but its limit is ${text(limit)}`),
      ...when(isAbove(least, request), () => `${displayName(range.by)} requires at least ${resource} ${text(least)}, but its request is ${text(request)}`),
      ...when(isDefault && isAbove(request, limit), () => `${displayName(range.by)} sets its default ${resource} limit to ${text(limit)}, but its request is ${text(request)}`),
      ...when(isGiven(ratio) && (parseQuantity(limit) ?? 0) > (parseQuantity(request) ?? Infinity) * (parseQuantity(ratio) ?? Infinity),
        () => `${displayName(range.by)} allows a ${resource} limit of at most ${text(ratio)} times the request, but its limit is ${text(limit)} and its request ${text(request)}`),
    ];
  });
}

function isAbove(one: unknown, other: unknown): boolean {
  const [amount, limit] = [parseQuantity(one ?? ''), parseQuantity(other ?? '')];
  return amount !== undefined && limit !== undefined && amount > limit;
}

function formatted(amount: number, resource: string): string {
  return resource === 'cpu' ? `${Math.round(amount * 1000)}m` : `${Math.ceil(amount / 1024 ** 2)}Mi`;
}
