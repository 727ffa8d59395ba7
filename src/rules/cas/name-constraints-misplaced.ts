import { isGiven, mapping } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const nameConstraintsMisplaced: Rule<CertificateNode> = {
  id: 'name-constraints-misplaced',
  code: 'PGTLS-E07',
  title: 'nameConstraints on a non-CA certificate, or without permitted or excluded names',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec, isCa }, report) => {
    if (!isGiven(spec['nameConstraints'])) { return; }
    const { permitted, excluded } = mapping(spec['nameConstraints']);
    if (!isCa) { report('spec.nameConstraints', 'nameConstraints is set, but isCA is not'); }
    if (!isGiven(permitted) && !isGiven(excluded)) { report('spec.nameConstraints', 'nameConstraints has neither permitted nor excluded names'); }
  },
  fix: 'set them on a CA certificate, with at least one permitted or excluded name',
};
