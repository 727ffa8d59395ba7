import { text } from '../../data';
import { parseGoDuration } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

const HOUR = 3_600_000;

export const durationTooShort: Rule<CertificateNode> = {
  id: 'duration-too-short',
  code: 'PGTLS-D02',
  title: 'duration shorter than one hour',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager webhook (validation/certificate.go)',
  check: ({ spec }) => {
    const duration = parseGoDuration(spec['duration']);
    return when(duration !== undefined && duration < HOUR, () => `duration ${text(spec['duration'])} is shorter than one hour`);
  },
  fix: 'set at least 1h; a day or more leaves time for the renewed certificate to reach the pod',
};
