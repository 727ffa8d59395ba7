import { isGiven, mapping, type Mapping, texts, valueAt } from '../../data';
import { type ContainerView, displayName, type Located, type Manifest, type PodView } from '../../kubernetes';
import type { Report } from '../engine/rule';

/** A pod with the quotas and limit ranges of its namespace. */
export interface QuotaTarget extends Located {
  readonly pod: PodView;
  readonly quotas: ReadonlyArray<Manifest>;
  readonly ranges: ReadonlyArray<Range>;
}

/** An item of a LimitRange for containers, with the defaults of the API server. */
export interface Range {
  readonly by: Manifest;
  readonly max: Mapping;
  readonly min: Mapping;
  readonly ratio: Mapping;
  readonly limit: Mapping;
  readonly request: Mapping;
}

export const OWN_PROPERTIES = 'in a Postgres: resources, podTemplate.initResources, podTemplate.reloaderResources and monitor.resources';

/** Resources that every container must set if a quota counts them. Source: pods.go, validationSet. */
const DEMANDED = new Set(['cpu', 'memory']);

/** An amount that a quota counts for a pod. */
export interface Counted {
  readonly quota: Manifest;
  /** The name in the quota, for example `limits.cpu`. */
  readonly name: string;
  readonly which: 'requests' | 'limits';
  readonly resource: string;
  readonly hard: unknown;
}

export function countedBy({ pod, quotas }: QuotaTarget): Counted[] {
  return quotas.filter((quota) => isFor(quota, pod)).flatMap((quota) => Object.entries(mapping(quota.spec['hard'])).flatMap(([name, hard]) => {
    const [which, resource = ''] = name === 'cpu' || name === 'memory' ? ['requests', name] : name.split('.');
    return which === 'requests' || which === 'limits' ? [{ quota, name, which, resource, hard }] : [];
  }));
}

/** Reports containers without a request or limit that a quota counts, at the field that the first of them lacks. */
export function reportLacking({ pod, ranges }: QuotaTarget, { quota, name, which, resource }: Counted, report: Report): void {
  const lacking = DEMANDED.has(resource) ? pod.containers.filter((container) => amountOf(container, which, resource, ranges) === undefined) : [];
  const [first] = lacking;
  if (first === undefined) { return; }
  report(`${first.field}.resources.${which}.${resource}`,
    `${displayName(quota)} counts ${name}, but ${lacking.length === 1 ? 'container' : 'containers'} ${lacking.map((container) => `'${container.name}'`).join(', ')} of ${displayName(pod.at)} `
    + `${lacking.length === 1 ? 'has' : 'have'} no ${resource} ${which.slice(0, -1)}`);
}

/** A quota with scopes counts some pods only. Source: Kubernetes, Resource Quotas, quota scopes. */
function isFor({ spec }: Manifest, pod: PodView): boolean {
  return !isGiven(spec['scopeSelector']) && texts(spec['scopes']).every((scope) =>
    (scope === 'NotTerminating' && !pod.isJob) || (scope === 'NotBestEffort' && pod.containers.some(({ spec: { resources } }) => isGiven(resources))));
}

/** A request or limit after admission: a missing request defaults to the limit. */
export function amountOf({ spec }: ContainerView, which: 'requests' | 'limits', resource: string, ranges: ReadonlyArray<Range>): unknown {
  const limit = valueAt(spec, 'resources.limits');
  const given = which === 'limits' ? mapping(limit)[resource] : mapping(valueAt(spec, 'resources.requests'))[resource] ?? mapping(limit)[resource];
  return given ?? ranges.map((range) => (which === 'limits' ? range.limit : range.request)[resource]).find(isGiven);
}
