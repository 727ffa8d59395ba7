import { limitRangeViolated } from './limit-range-violated';
import type { QuotaTarget, Range } from './quota-target';
import { resourceQuotaExceeded } from './resource-quota-exceeded';
import { resourceQuotaNotCounted } from './resource-quota-not-counted';
import { isGiven, mapping, mappings, memoizeByObject, text } from '../../data';
import { areTogether, type Manifest, type PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { ruleTable } from '../engine/rule-table';

/** Rules for requests and limits, where the app contains the ResourceQuota or LimitRange of the namespace. */
export const QUOTA_RULES = ruleTable(quotaTargets, [
  resourceQuotaExceeded,
  resourceQuotaNotCounted,
  limitRangeViolated,
]);

function quotaTargets(manifests: IssuanceGraph): QuotaTarget[] {
  const quotas = manifests.ofKind('', 'ResourceQuota');
  const ranges = manifests.ofKind('', 'LimitRange');
  if (quotas.length === 0 && ranges.length === 0) { return []; }
  // What names no namespace is applied to one that the input does not show: to the same one only if both are applied together.
  const here = <Value extends Manifest>(objects: ReadonlyArray<Value>, { at }: PodView) =>
    objects.filter((object) => object.namespace === at.namespace && (at.namespace !== undefined || areTogether(object, at)));
  // A pod with pod-level resources is counted by those.
  return manifests.pods.filter(({ at: { spec }, spec: { resources } }) => !isGiven(resources) && Number(spec['replicas'] ?? 1) !== 0)
    .map((pod) => ({ at: pod.at, pod, quotas: here(quotas, pod), ranges: here(ranges, pod).flatMap(rangesOf) }))
    .filter((target) => target.quotas.length > 0 || target.ranges.length > 0);
}

/** Source: Kubernetes pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem. */
const rangesOf = memoizeByObject((by: Manifest): Range[] => mappings(by.spec['limits']).filter(({ type }) => text(type) === 'Container').map((item) => {
  const [max, min] = [mapping(item['max']), mapping(item['min'])];
  const limit = { ...max, ...mapping(item['default']) };
  return { by, max, min, ratio: mapping(item['maxLimitRequestRatio']), limit, request: { ...min, ...limit, ...mapping(item['defaultRequest']) } };
}));
