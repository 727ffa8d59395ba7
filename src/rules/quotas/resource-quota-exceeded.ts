import { amountOf, type Counted, countedBy, OWN_PROPERTIES, type QuotaTarget, type Range, reportLacking } from './quota-target';
import { text } from '../../data';
import { parseQuantity } from '../../formats';
import { type ContainerView, displayName, type PodView } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Report, Rule } from '../engine/rule';
import { kubernetesFile, kubernetesPage } from '../engine/sources';

export const resourceQuotaExceeded: Rule<QuotaTarget> = {
  id: 'resource-quota-exceeded',
  code: 'PGTLS-P89',
  title: 'pod exceeds a ResourceQuota or lacks a request or limit that it counts',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesFile('pkg/quota/v1/evaluator/core/pods.go', 'failed quota: must specify limits.cpu'),
    kubernetesPage('concepts/policy/resource-quotas/', 'Resource Quotas', 'exceeded quota'),
  ],
  check: (target, report) => {
    for (const counted of countedBy(target)) {
      if (target.ranges.length > 0) { reportLacking(target, counted, report); }
      reportExceeded(target, counted, report);
    }
  },
  fix: `set the requests and limits that the quota counts on every container (${OWN_PROPERTIES}), or add a LimitRange with defaults`,
  fixInYaml: 'set the requests and limits that the quota counts on every container, or add a LimitRange with defaults',
};

function reportExceeded({ pod, ranges }: QuotaTarget, { quota, name, which, resource, hard }: Counted, report: Report): void {
  const total = totalOf(pod, which, resource, ranges);
  const most = parseQuantity(hard);
  if (most !== undefined && total > most) {
    report(amountField(pod, which, resource), `${displayName(quota)} allows ${name} ${text(hard)}, but one pod of ${displayName(pod.at)} has ${formatted(total, resource)}`);
  }
}

/** The place of the amount of a single container; with several containers, they add up in no single field. */
function amountField({ containers }: PodView, which: string, resource: string): string {
  return containers.length === 1 ? `${containers[0]!.field}.resources.${which}.${resource}` : '';
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
