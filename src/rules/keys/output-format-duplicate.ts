import { duplicates, mappings, text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const outputFormatDuplicate: Rule<CertificateNode> = {
  id: 'output-format-duplicate',
  code: 'PGTLS-C04',
  title: 'duplicate output format in additionalOutputFormats',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec }, report) => {
    const types = mappings(spec['additionalOutputFormats']).map(({ type }) => text(type));
    for (const type of duplicates(types).filter((name) => name !== '')) {
      const second = types.indexOf(type, types.indexOf(type) + 1);
      report(`spec.additionalOutputFormats[${second}].type`, `additionalOutputFormats lists ${type} twice`);
    }
  },
  fix: 'list each format once',
};
