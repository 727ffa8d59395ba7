import { isGiven, text } from '../../data';
import { dnsSubdomainError } from '../../formats';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { having } from './acme-issuer-shared';

export const acmeIngressClassInvalid: Rule<TypedIssuer> = {
  id: 'acme-ingress-class-invalid',
  code: 'PGTLS-I33',
  title: 'ingressClassName is not a valid IngressClass name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => having('http01.ingress', source).flatMap(({ field, config }) => {
    const name = config['ingressClassName'];
    const fault = isGiven(name) ? dnsSubdomainError(text(name)) : undefined;
    return when(fault !== undefined, () => `${field}.ingressClassName '${text(name)}' ${fault}`);
  }),
  fix: 'set the name of an IngressClass; a value of the old annotation belongs in class',
};
