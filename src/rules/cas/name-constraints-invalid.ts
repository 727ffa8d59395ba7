import { isGiven, mapping } from '../../data';
import { type CertificateNode, CONSTRAINED_TYPES, isWritable } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, certManagerIssue } from '../engine/sources';

export const nameConstraintsInvalid: Rule<CertificateNode> = {
  id: 'name-constraints-invalid',
  code: 'PGTLS-E19',
  title: 'nameConstraints empty, or with an invalid network or a non-ASCII name',
  consequence: Consequence.NEVER_READY,
  sources: [
    certManagerFile('pkg/util/pki/nameconstraints.go', 'empty lists are omitted'),
    certManagerIssue(9139, 'no CertificateRequest is created and no event is written'),
  ],
  check: ({ spec, nameConstraints }, report) => {
    const { permitted, excluded } = mapping(spec['nameConstraints']);
    if (!isGiven(permitted) && !isGiven(excluded)) { return; }
    let isEmpty = true;
    for (const side of ['permitted', 'excluded'] as const) {
      for (const type of CONSTRAINED_TYPES) {
        nameConstraints[side][type].forEach((name, index) => {
          isEmpty = false;
          if (isWritable(type, name)) { return; }
          const expected = type === 'ipRanges' ? 'a network in CIDR notation' : 'ASCII';
          report(`spec.nameConstraints.${side}.${type}[${index}]`, `nameConstraints.${side}.${type} entry '${name}' is not ${expected}`);
        });
      }
    }
    if (isEmpty) { report('spec.nameConstraints', 'nameConstraints has only empty lists'); }
  },
  fix: 'use CIDR notation for networks (address/bits), and ASCII for names (punycode)',
};
