import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { QuotaTarget, OWN_PROPERTIES, countedBy, lackingFaults } from './quota-shared';

export const resourceQuotaNotCounted: Rule<QuotaTarget> = {
  id: 'resource-quota-not-counted',
  code: 'PGTLS-P92',
  severity: Severity.WARNING,
  title: 'container without a request or limit that a ResourceQuota counts',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes pkg/quota/v1/evaluator/core/pods.go: failed quota: must specify limits.cpu',
  // With a LimitRange in the app, PGTLS-P89 decides.
  check: (target) => (target.ranges.length > 0 ? [] : countedBy(target).flatMap((counted) => lackingFaults(target, counted))),
  fix: `set the requests and limits that the quota counts on every container (${OWN_PROPERTIES}), or acknowledge the warning if a LimitRange outside of the app sets defaults`,
};
