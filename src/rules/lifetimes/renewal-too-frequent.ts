import { isGiven, text } from '../../data';
import { formatMilliseconds } from '../../formats';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { MINUTE } from './time-shared';

/** A renewed certificate must reach the volume of the pod, which the kubelet updates about once a minute, and be loaded there. */
const SHORTEST_CADENCE = 30 * MINUTE;

export const renewalTooFrequent: Rule<CertificateNode> = {
  id: 'renewal-too-frequent',
  code: 'PGTLS-D09',
  severity: Severity.WARNING,
  title: 'renewals too frequent',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager website, usage/certificate: an issuer that back-dates or shortens turns this into a loop',
  check: (certificate) => {
    const { spec, lifetime, renewBefore, isRenewed, hasSoundTimes } = certificate;
    if (!isRenewed || !hasSoundTimes) { return []; }
    const early = renewBefore > 0.9 * lifetime;
    const field = isGiven(spec['renewBefore']) ? 'renewBefore' : 'renewBeforePercentage';
    return [
      ...when(early, () => `${field} ${text(spec[field])} is more than 90 % of the lifetime ${formatMilliseconds(lifetime)}`),
      ...when(!early && lifetime - renewBefore < SHORTEST_CADENCE,
        () => `the certificate is renewed every ${formatMilliseconds(lifetime - renewBefore)}, and pods must load it each time`),
    ];
  },
  fix: 'reduce renewBefore, for example to a third of the lifetime, or set a longer duration',
};
