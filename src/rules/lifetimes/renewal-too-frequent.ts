import { isGiven, text } from '../../data';
import { formatMilliseconds } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

/** A renewed certificate must reach the volume of the pod, which the kubelet updates about once a minute, and be loaded there: half an hour. */
const SHORTEST_CADENCE = 1_800_000;

export const renewalTooFrequent: Rule<CertificateNode> = {
  id: 'renewal-too-frequent',
  code: 'PGTLS-D09',
  severity: Severity.WARNING,
  title: 'renewals too frequent',
  consequence: Consequence.NEVER_READY,
  sources: [source(
    'cert-manager, Certificate resource: an issuer that back-dates or shortens turns this into a loop',
    'https://github.com/cert-manager/website/blob/01beb7dccf91f1aba8e48600455931006a03dc22/content/docs/usage/certificate.md',
  )],
  check: (certificate, report) => {
    const { spec, lifetime, renewBefore, isRenewed, hasSoundTimes } = certificate;
    if (!isRenewed || !hasSoundTimes) { return; }
    const field = isGiven(spec['renewBefore']) ? 'renewBefore' : 'renewBeforePercentage';
    if (renewBefore > 0.9 * lifetime) {
      report(`spec.${field}`, `${field} ${text(spec[field])} is more than 90 % of the lifetime ${formatMilliseconds(lifetime)}`);
    } else if (lifetime - renewBefore < SHORTEST_CADENCE) {
      report(`spec.${field}`, `the certificate is renewed every ${formatMilliseconds(lifetime - renewBefore)}, and pods must load it each time`);
    }
  },
  fix: 'reduce renewBefore, for example to a third of the lifetime, or set a longer duration',
};
