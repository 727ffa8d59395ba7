import { isGiven } from '../../data';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const renewBeforeSetTwice: Rule<CertificateNode> = {
  id: 'renew-before-set-twice',
  code: 'PGTLS-D04',
  title: 'renewBefore and renewBeforePercentage both set',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager webhook (validation/certificate.go)',
  check: ({ spec }) =>
    when(isGiven(spec['renewBefore']) && isGiven(spec['renewBeforePercentage']), () => 'renewBefore and renewBeforePercentage are both set'),
  fix: 'remove one of them',
};
