import { solverParts } from './solvers';
import { text } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const acmeServiceTypeInvalid: Rule<TypedIssuer> = {
  id: 'acme-service-type-invalid',
  code: 'PGTLS-I34',
  title: 'serviceType of an HTTP01 solver is neither ClusterIP nor NodePort',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const { field, config } of ['http01.ingress', 'http01.gatewayHTTPRoute'].flatMap((path) => solverParts(path, source))) {
      const serviceType = text(config['serviceType']);
      if (!['', 'ClusterIP', 'NodePort'].includes(serviceType)) {
        report(`spec.${field}.serviceType`, `${field}.serviceType '${serviceType}' is neither ClusterIP nor NodePort`);
      }
    }
  },
  fix: 'set ClusterIP or NodePort, or remove the field (NodePort)',
};
