import { isGiven, mapping } from '../../data';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const nameConstraintsMisplaced: Rule<CertificateNode> = {
  id: 'name-constraints-misplaced',
  code: 'PGTLS-E07',
  title: 'nameConstraints on a non-CA certificate, or without permitted or excluded names',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager webhook (validation/certificate.go)',
  check: ({ spec, isCa }) => {
    if (!isGiven(spec['nameConstraints'])) { return []; }
    const { permitted, excluded } = mapping(spec['nameConstraints']);
    return [
      ...when(!isCa, () => 'nameConstraints is set, but isCA is not'),
      ...when(!isGiven(permitted) && !isGiven(excluded), () => 'nameConstraints has neither permitted nor excluded names'),
    ];
  },
  fix: 'set them on a CA certificate, with at least one permitted or excluded name',
};
