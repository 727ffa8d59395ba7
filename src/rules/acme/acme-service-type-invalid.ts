import { text } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { having } from './acme-issuer-shared';

export const acmeServiceTypeInvalid: Rule<TypedIssuer> = {
  id: 'acme-service-type-invalid',
  code: 'PGTLS-I34',
  title: 'serviceType of an HTTP01 solver is neither ClusterIP nor NodePort',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => ['http01.ingress', 'http01.gatewayHTTPRoute'].flatMap((path) => having(path, source)).flatMap(({ field, config }) => {
    const serviceType = text(config['serviceType']);
    return when(!['', 'ClusterIP', 'NodePort'].includes(serviceType), () => `${field}.serviceType '${serviceType}' is neither ClusterIP nor NodePort`);
  }),
  fix: 'set ClusterIP or NodePort, or remove the field (NodePort)',
};
