import { isGiven, mapping, text, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { ContainerView, displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { QuotaTarget, Range, OWN_PROPERTIES, amountOf } from './quota-shared';

export const limitRangeViolated: Rule<QuotaTarget> = {
  id: 'limit-range-violated',
  code: 'PGTLS-P90',
  title: 'container violates a LimitRange',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes plugin/pkg/admission/limitranger; a default limit below the request makes the pod invalid',
  check: ({ pod, ranges }) => pod.containers.flatMap((container) => ranges.flatMap((range) => rangeFaults(container, range))
    .map((fault) => `container '${container.name}' of ${displayName(pod.at)}: ${fault}`)),
  fix: `set requests and limits within the LimitRange (${OWN_PROPERTIES}), or change the LimitRange`,
};

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
