import { solverParts } from './solvers';
import { isGiven, text } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const acmeRoute53KeyIdSetTwice: Rule<TypedIssuer> = {
  id: 'acme-route53-key-id-set-twice',
  code: 'PGTLS-I40',
  title: 'Route 53 accessKeyID and accessKeyIDSecretRef both set',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const { field, config } of solverParts('dns01.route53', source)) {
      if (text(config['accessKeyID']) !== '' && isGiven(config['accessKeyIDSecretRef'])) {
        report(`spec.${field}`, `${field} has both accessKeyID and accessKeyIDSecretRef`);
      }
    }
  },
  fix: 'remove one of them',
};
