import { amountOf, OWN_PROPERTIES, type QuotaTarget, type Range } from './quota-target';
import { isGiven, mapping, text, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { type ContainerView, displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Report, Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

export const limitRangeViolated: Rule<QuotaTarget> = {
  id: 'limit-range-violated',
  code: 'PGTLS-P90',
  title: 'container violates a LimitRange',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesFile('plugin/pkg/admission/limitranger/admission.go', 'minimum, maximum, defaults and ratio of each container'),
    kubernetesFile('pkg/apis/core/validation/validation.go', 'a default limit below the request makes the pod invalid'),
  ],
  check: ({ pod, ranges }, report) => {
    for (const container of pod.containers) {
      const reportIn: Report = (field, problem) => { report(`${container.field}.resources.${field}`, `container '${container.name}' of ${displayName(pod.at)}: ${problem}`); };
      for (const range of ranges) { checkRange(container, range, reportIn); }
    }
  },
  fix: `set requests and limits within the LimitRange (${OWN_PROPERTIES}), or change the LimitRange`,
  fixInYaml: 'set requests and limits within the LimitRange, or change the LimitRange',
};

function checkRange(container: ContainerView, range: Range, report: Report): void {
  const by = displayName(range.by);
  for (const resource of new Set([range.max, range.min, range.limit, range.ratio].flatMap((part) => Object.keys(part)))) {
    const [limit, request] = [amountOf(container, 'limits', resource, [range]), amountOf(container, 'requests', resource, [range])];
    const [most, least, ratio] = [range.max[resource], range.min[resource], range.ratio[resource]];
    const [limits, requests] = [`limits.${resource}`, `requests.${resource}`];
    const isDefault = !isGiven(mapping(valueAt(container.spec, 'resources.limits'))[resource]);
    if (isAbove(limit, most)) { report(limits, `${by} allows at most ${resource} ${text(most)}, but its limit is ${text(limit)}`); }
    if (isAbove(least, request)) { report(requests, `${by} requires at least ${resource} ${text(least)}, but its request is ${text(request)}`); }
    if (isDefault && isAbove(request, limit)) { report(limits, `${by} sets its default ${resource} limit to ${text(limit)}, but its request is ${text(request)}`); }
    if (isGiven(ratio) && (parseQuantity(limit) ?? 0) > (parseQuantity(request) ?? Infinity) * (parseQuantity(ratio) ?? Infinity)) {
      report(limits, `${by} allows a ${resource} limit of at most ${text(ratio)} times the request, but its limit is ${text(limit)} and its request ${text(request)}`);
    }
  }
}

function isAbove(one: unknown, other: unknown): boolean {
  const [amount, limit] = [parseQuantity(one ?? ''), parseQuantity(other ?? '')];
  return amount !== undefined && limit !== undefined && amount > limit;
}
