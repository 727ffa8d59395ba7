import { isGiven, text } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { having } from './acme-issuer-shared';

export const acmeRoute53KeyIdSetTwice: Rule<TypedIssuer> = {
  id: 'acme-route53-key-id-set-twice',
  code: 'PGTLS-I40',
  title: 'Route 53 accessKeyID and accessKeyIDSecretRef both set',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => having('dns01.route53', source).flatMap(({ field, config }) =>
    when(text(config['accessKeyID']) !== '' && isGiven(config['accessKeyIDSecretRef']), () => `${field} has both accessKeyID and accessKeyIDSecretRef`)),
  fix: 'remove one of them',
};
