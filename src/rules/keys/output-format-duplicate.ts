import { duplicates } from '../../data';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';
import { formatsOf } from './key-shared';

export const outputFormatDuplicate: Rule<CertificateNode> = {
  id: 'output-format-duplicate',
  code: 'PGTLS-C04',
  title: 'duplicate output format in additionalOutputFormats',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec }) => duplicates(formatsOf(spec)).map((format) => `additionalOutputFormats lists ${format} twice`),
  fix: 'list each format once',
};
