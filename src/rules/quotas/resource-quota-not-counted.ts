import { countedBy, OWN_PROPERTIES, type QuotaTarget, reportLacking } from './quota-target';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

export const resourceQuotaNotCounted: Rule<QuotaTarget> = {
  id: 'resource-quota-not-counted',
  code: 'PGTLS-P92',
  severity: Severity.WARNING,
  title: 'container without a request or limit that a ResourceQuota counts',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesFile('pkg/quota/v1/evaluator/core/pods.go', 'failed quota: must specify limits.cpu')],
  check: (target, report) => {
    // With a LimitRange in the app, PGTLS-P89 decides.
    for (const counted of target.ranges.length > 0 ? [] : countedBy(target)) { reportLacking(target, counted, report); }
  },
  fix: `set the requests and limits that the quota counts on every container (${OWN_PROPERTIES}), or acknowledge the warning if a LimitRange outside of the app sets defaults`,
  fixInYaml: 'set the requests and limits that the quota counts on every container, or acknowledge the warning if a LimitRange outside of these '
    + 'manifests sets defaults',
};
