import { isGiven } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const renewBeforeSetTwice: Rule<CertificateNode> = {
  id: 'renew-before-set-twice',
  code: 'PGTLS-D04',
  title: 'renewBefore and renewBeforePercentage both set',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec }, report) => {
    if (isGiven(spec['renewBefore']) && isGiven(spec['renewBeforePercentage'])) {
      report('spec.renewBeforePercentage', 'renewBefore and renewBeforePercentage are both set');
    }
  },
  fix: 'remove one of them',
};
