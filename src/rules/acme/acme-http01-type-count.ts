import { exactlyOneError } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { having } from './acme-issuer-shared';

export const acmeHttp01TypeCount: Rule<TypedIssuer> = {
  id: 'acme-http01-type-count',
  code: 'PGTLS-I31',
  title: 'HTTP01 solver without exactly one of ingress and gatewayHTTPRoute',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => having('http01', source).flatMap(({ field, config }) => {
    const fault = exactlyOneError(['ingress', 'gatewayHTTPRoute'], config);
    return when(fault !== undefined, () => `${field} ${fault}`);
  }),
  fix: 'set either ingress (it may be empty) or gatewayHTTPRoute',
};
