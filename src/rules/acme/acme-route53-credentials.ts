import { solverParts } from './solvers';
import { isGiven, mapping, text, valueAt } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const acmeRoute53Credentials: Rule<TypedIssuer> = {
  id: 'acme-route53-credentials',
  code: 'PGTLS-I41',
  title: 'incomplete Route 53 credentials',
  consequence: Consequence.NEVER_READY,
  sources: [
    certManagerFile('pkg/issuer/acme/dns/route53/route53.go'),
    certManagerFile('pkg/issuer/acme/dns/dns.go', 'service account name is required for Kubernetes auth'),
  ],
  check: ({ source }, report) => {
    for (const { field, config } of solverParts('dns01.route53', source)) {
      const hasId = text(config['accessKeyID']).trim() !== '' || isGiven(config['accessKeyIDSecretRef']);
      const hasSecret = text(valueAt(config, 'secretAccessKeySecretRef.name')) !== '';
      if (hasId && !hasSecret) { report(`spec.${field}.secretAccessKeySecretRef`, `${field} has an access key ID but no secretAccessKeySecretRef`); }
      if (hasSecret && !hasId) { report(`spec.${field}`, `${field} has secretAccessKeySecretRef but no access key ID`); }
      const account = valueAt(config, 'auth.kubernetes.serviceAccountRef');
      if (isGiven(account) && text(mapping(account)['name']) === '') {
        report(`spec.${field}.auth.kubernetes.serviceAccountRef.name`, `${field} has a serviceAccountRef without a name`);
      }
      if (isGiven(account) && text(config['role']) === '') { report(`spec.${field}.role`, `${field} has a serviceAccountRef but no role`); }
    }
  },
  fix: 'set an access key ID together with secretAccessKeySecretRef, or a ServiceAccount with the role that it assumes, or neither (identity of the pod)',
};
