import { solverParts } from './solvers';
import { isGiven, text } from '../../data';
import { dnsSubdomainError } from '../../formats';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const acmeIngressClassInvalid: Rule<TypedIssuer> = {
  id: 'acme-ingress-class-invalid',
  code: 'PGTLS-I33',
  title: 'ingressClassName is not a valid IngressClass name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const { field, config: { ingressClassName: name } } of solverParts('http01.ingress', source)) {
      const fault = isGiven(name) ? dnsSubdomainError(text(name)) : undefined;
      if (fault !== undefined) { report(`spec.${field}.ingressClassName`, `${field}.ingressClassName '${text(name)}' ${fault}`); }
    }
  },
  fix: 'set the name of an IngressClass; a value of the old annotation belongs in class',
};
