import { formatMilliseconds } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { MINUTE } from './time-shared';

export const renewBeforePercentageOutOfRange: Rule<CertificateNode> = {
  id: 'renew-before-percentage-out-of-range',
  code: 'PGTLS-D05',
  title: 'renewBeforePercentage below 1, above 99, or less than five minutes of the lifetime',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager webhook (validation/certificate.go), pkg/util/pki/renewaltime.go',
  check: ({ spec, lifetime, hasReadableLifetime }) => {
    const percentage = spec['renewBeforePercentage'];
    if (typeof percentage !== 'number') { return []; }
    if (percentage < 1 || percentage > 99) { return [`renewBeforePercentage ${percentage} is not between 1 and 99`]; }
    // Up to 1.21 the webhook tests the complement and the controller the percentage itself, so both must leave five minutes.
    return when(hasReadableLifetime && lifetime * Math.min(percentage, 100 - percentage) / 100 < 5 * MINUTE,
      () => `renewBeforePercentage ${percentage} leaves less than five minutes of ${formatMilliseconds(lifetime)} before or after the renewal`);
  },
  fix: 'choose a percentage that leaves at least five minutes before and after the renewal',
};
