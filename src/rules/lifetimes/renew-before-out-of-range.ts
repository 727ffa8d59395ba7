import { SHORTEST_RENEW_BEFORE } from './shortest-renew-before';
import { text } from '../../data';
import { formatMilliseconds, parseGoDuration } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const renewBeforeOutOfRange: Rule<CertificateNode> = {
  id: 'renew-before-out-of-range',
  code: 'PGTLS-D03',
  title: 'renewBefore shorter than five minutes, or not shorter than duration',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec, lifetime, hasReadableLifetime }, report) => {
    const renewBefore = parseGoDuration(spec['renewBefore']);
    if (renewBefore === undefined) { return; }
    const given = text(spec['renewBefore']);
    if (renewBefore < SHORTEST_RENEW_BEFORE) { report('spec.renewBefore', `renewBefore ${given} is shorter than five minutes`); }
    if (hasReadableLifetime && renewBefore >= lifetime) { report('spec.renewBefore', `renewBefore ${given} is not shorter than duration ${formatMilliseconds(lifetime)}`); }
  },
  fix: 'set at least 5m and less than the duration, for example a third of it',
};
