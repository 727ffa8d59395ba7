import { isGiven, text } from '../../data';
import { parseGoDuration } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const durationInvalid: Rule<CertificateNode> = {
  id: 'duration-invalid',
  code: 'PGTLS-D01',
  title: 'invalid duration or renewBefore',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Go time.ParseDuration',
  check: ({ spec }) =>
    (['duration', 'renewBefore'] as const)
      .filter((field) => isGiven(spec[field]) && parseGoDuration(spec[field]) === undefined)
      .map((field) => `${field} '${text(spec[field])}' is not a Go duration`),
  fix: 'use hours, minutes and seconds (2160h0m0s), at most 292 years; there is no unit for days',
};
