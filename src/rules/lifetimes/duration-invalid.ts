import { isGiven, text } from '../../data';
import { parseGoDuration } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { goFile } from '../engine/sources';

export const durationInvalid: Rule<CertificateNode> = {
  id: 'duration-invalid',
  code: 'PGTLS-D01',
  title: 'invalid duration or renewBefore',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [goFile('time/format.go', 'ParseDuration')],
  check: ({ spec }, report) => {
    for (const field of ['duration', 'renewBefore'] as const) {
      if (isGiven(spec[field]) && parseGoDuration(spec[field]) === undefined) { report(`spec.${field}`, `${field} '${text(spec[field])}' is not a Go duration`); }
    }
  },
  fix: 'use hours, minutes and seconds (2160h0m0s), at most 292 years; there is no unit for days',
};
