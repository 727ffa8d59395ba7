import { text } from '../../data';
import { formatMilliseconds, parseGoDuration } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { MINUTE } from './time-shared';

export const renewBeforeOutOfRange: Rule<CertificateNode> = {
  id: 'renew-before-out-of-range',
  code: 'PGTLS-D03',
  title: 'renewBefore shorter than five minutes, or not shorter than duration',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager webhook (validation/certificate.go)',
  check: ({ spec, lifetime, hasReadableLifetime }) => {
    const renewBefore = parseGoDuration(spec['renewBefore']);
    if (renewBefore === undefined) { return []; }
    return [
      ...when(renewBefore < 5 * MINUTE, () => `renewBefore ${text(spec['renewBefore'])} is shorter than five minutes`),
      ...when(hasReadableLifetime && renewBefore >= lifetime,
        () => `renewBefore ${text(spec['renewBefore'])} is not shorter than duration ${formatMilliseconds(lifetime)}`),
    ];
  },
  fix: 'set at least 5m and less than the duration, for example a third of it',
};
