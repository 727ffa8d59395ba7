import { givenOf, text } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { having } from './acme-issuer-shared';

export const acmeHttp01IngressSetTwice: Rule<TypedIssuer> = {
  id: 'acme-http01-ingress-set-twice',
  code: 'PGTLS-I32',
  title: 'HTTP01 solver with more than one of ingressClassName, class and name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => having('http01.ingress', source).flatMap(({ field, config }) => {
    const ways = [...givenOf(['ingressClassName', 'class'], config), ...(text(config['name']) === '' ? [] : ['name'])];
    return when(ways.length > 1, () => `${field} has ${ways.join(' and ')}`);
  }),
  fix: 'set only one of ingressClassName, class (the old annotation) and name (of an existing Ingress)',
};
