import { solverParts } from './solvers';
import { givenOf, text } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const acmeHttp01IngressSetTwice: Rule<TypedIssuer> = {
  id: 'acme-http01-ingress-set-twice',
  code: 'PGTLS-I32',
  title: 'HTTP01 solver with more than one of ingressClassName, class and name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const { field, config } of solverParts('http01.ingress', source)) {
      const ways = [...givenOf(['ingressClassName', 'class'], config), ...(text(config['name']) === '' ? [] : ['name'])];
      if (ways.length > 1) { report(`spec.${field}`, `${field} has ${ways.join(' and ')}`); }
    }
  },
  fix: 'set only one of ingressClassName, class (the old annotation) and name (of an existing Ingress)',
};
