import { isGiven, mapping } from '../../data';
import { CertificateNode, CONSTRAINED_TYPES, isWritable, NameConstraints } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const nameConstraintsInvalid: Rule<CertificateNode> = {
  id: 'name-constraints-invalid',
  code: 'PGTLS-E19',
  title: 'nameConstraints empty, or with an invalid network or a non-ASCII name',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/util/pki/nameconstraints.go: no CertificateRequest is created and no event is written (issue 9139); empty lists are omitted',
  check: (certificate) => {
    const { permitted, excluded } = mapping(certificate.spec['nameConstraints']);
    if (!isGiven(permitted) && !isGiven(excluded)) { return []; }
    const all = constraintsOf(certificate.nameConstraints);
    return [
      ...when(all.length === 0, () => 'nameConstraints has only empty lists'),
      ...all.filter(({ type, name }) => !isWritable(type, name)).map(({ side, type, name }) =>
        `nameConstraints.${side}.${type} entry '${name}' is not ${type === 'ipRanges' ? 'a network in CIDR notation' : 'ASCII'}`),
    ];
  },
  fix: 'use CIDR notation for networks (address/bits), and ASCII for names (punycode)',
};

function constraintsOf(constraints: NameConstraints) {
  return (['permitted', 'excluded'] as const).flatMap((side) =>
    CONSTRAINED_TYPES.flatMap((type) => constraints[side][type].map((name) => ({ side, type, name }))));
}
