import { text } from '../../data';
import { parseGoDuration } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

const HOUR = 3_600_000;

export const durationTooShort: Rule<CertificateNode> = {
  id: 'duration-too-short',
  code: 'PGTLS-D02',
  title: 'duration shorter than one hour',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec }, report) => {
    const duration = parseGoDuration(spec['duration']);
    if (duration !== undefined && duration < HOUR) { report('spec.duration', `duration ${text(spec['duration'])} is shorter than one hour`); }
  },
  fix: 'set at least 1h; a day or more leaves time for the renewed certificate to reach the pod',
};
