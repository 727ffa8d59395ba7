import { isGiven, mapping, text, valueAt } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { having } from './acme-issuer-shared';

export const acmeRoute53Credentials: Rule<TypedIssuer> = {
  id: 'acme-route53-credentials',
  code: 'PGTLS-I41',
  title: 'incomplete Route 53 credentials',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/issuer/acme/dns/route53/route53.go',
  check: ({ source }) => having('dns01.route53', source).flatMap(({ field, config }) => {
    const hasId = text(config['accessKeyID']).trim() !== '' || isGiven(config['accessKeyIDSecretRef']);
    const hasSecret = text(valueAt(config, 'secretAccessKeySecretRef.name')) !== '';
    const account = valueAt(config, 'auth.kubernetes.serviceAccountRef');
    return [
      ...when(hasId && !hasSecret, () => `${field} has an access key ID but no secretAccessKeySecretRef`),
      ...when(hasSecret && !hasId, () => `${field} has secretAccessKeySecretRef but no access key ID`),
      ...when(isGiven(account) && text(mapping(account)['name']) === '', () => `${field} has a serviceAccountRef without a name`),
      ...when(isGiven(account) && text(config['role']) === '', () => `${field} has a serviceAccountRef but no role`),
    ];
  }),
  fix: 'set an access key ID together with secretAccessKeySecretRef, or a ServiceAccount with the role that it assumes, or neither (identity of the pod)',
};
