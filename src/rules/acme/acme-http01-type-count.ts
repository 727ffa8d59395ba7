import { solverParts } from './solvers';
import { exactlyOneError } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const acmeHttp01TypeCount: Rule<TypedIssuer> = {
  id: 'acme-http01-type-count',
  code: 'PGTLS-I31',
  title: 'HTTP01 solver without exactly one of ingress and gatewayHTTPRoute',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const { field, config } of solverParts('http01', source)) {
      const fault = exactlyOneError(['ingress', 'gatewayHTTPRoute'], config);
      if (fault !== undefined) { report(`spec.${field}`, `${field} ${fault}`); }
    }
  },
  fix: 'set either ingress (it may be empty) or gatewayHTTPRoute',
};
