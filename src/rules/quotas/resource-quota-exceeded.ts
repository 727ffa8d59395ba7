import { text } from '../../data';
import { parseQuantity } from '../../formats';
import { ContainerView, displayName, PodView } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { QuotaTarget, Range, OWN_PROPERTIES, Counted, countedBy, lackingFaults, amountOf } from './quota-shared';

export const resourceQuotaExceeded: Rule<QuotaTarget> = {
  id: 'resource-quota-exceeded',
  code: 'PGTLS-P89',
  title: 'pod exceeds a ResourceQuota or lacks a request or limit that it counts',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes pkg/quota/v1/evaluator/core/pods.go: failed quota: must specify limits.cpu; exceeded quota',
  check: (target) => countedBy(target).flatMap((counted) => [
    ...(target.ranges.length === 0 ? [] : lackingFaults(target, counted)),
    ...exceededFaults(target, counted),
  ]),
  fix: `set the requests and limits that the quota counts on every container (${OWN_PROPERTIES}), or add a LimitRange with defaults`,
};

function exceededFaults({ pod, ranges }: QuotaTarget, { quota, name, which, resource, hard }: Counted): string[] {
  const total = totalOf(pod, which, resource, ranges);
  const most = parseQuantity(hard);
  return when(most !== undefined && total > most, () => `${displayName(quota)} allows ${name} ${text(hard)}, but one pod of ${displayName(pod.at)} has ${formatted(total, resource)}`);
}

/** The amount that the quota counts for a pod: the sum of the containers, or the largest init container. */
function totalOf({ containers }: PodView, which: 'requests' | 'limits', resource: string, ranges: ReadonlyArray<Range>): number {
  const amount = (container: ContainerView) => parseQuantity(amountOf(container, which, resource, ranges) ?? 0) ?? 0;
  const together = containers.filter(({ isInit }) => !isInit).reduce((sum, container) => sum + amount(container), 0);
  return Math.max(together, ...containers.filter(({ isInit }) => isInit).map(amount));
}

function formatted(amount: number, resource: string): string {
  return resource === 'cpu' ? `${Math.round(amount * 1000)}m` : `${Math.ceil(amount / 1024 ** 2)}Mi`;
}
