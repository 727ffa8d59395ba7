import { SHORTEST_RENEW_BEFORE } from './shortest-renew-before';
import { formatMilliseconds } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, certManagerFile } from '../engine/sources';

export const renewBeforePercentageOutOfRange: Rule<CertificateNode> = {
  id: 'renew-before-percentage-out-of-range',
  code: 'PGTLS-D05',
  title: 'renewBeforePercentage below 1, above 99, or less than five minutes of the lifetime',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, certManagerFile('pkg/util/pki/renewaltime.go')],
  check: ({ spec, lifetime, hasReadableLifetime }, report) => {
    const percentage = spec['renewBeforePercentage'];
    if (typeof percentage !== 'number') { return; }
    if (percentage < 1 || percentage > 99) {
      report('spec.renewBeforePercentage', `renewBeforePercentage ${percentage} is not between 1 and 99`);
      return;
    }
    // Up to 1.21 the webhook tests the complement and the controller the percentage itself, so both must leave five minutes.
    if (hasReadableLifetime && lifetime * Math.min(percentage, 100 - percentage) / 100 < SHORTEST_RENEW_BEFORE) {
      report('spec.renewBeforePercentage', `renewBeforePercentage ${percentage} leaves less than five minutes of ${formatMilliseconds(lifetime)} before or after the renewal`);
    }
  },
  fix: 'choose a percentage that leaves at least five minutes before and after the renewal',
};
