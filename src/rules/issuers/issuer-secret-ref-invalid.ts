import { dnsSubdomainError } from '../../formats';
import { IssuerNode, issuerSecrets } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const issuerSecretRefInvalid: Rule<IssuerNode> = {
  id: 'issuer-secret-ref-invalid',
  code: 'PGTLS-I03',
  title: 'Secret reference with an invalid name, or without the key that the controller needs',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, Object Names and IDs; cert-manager pkg/issuer/vault/setup.go and pkg/issuer/acme/dns/dns.go',
  check: (issuer) => issuerSecrets(issuer).flatMap((secret) => {
    const fault = secret.name === '' ? undefined : dnsSubdomainError(secret.name);
    const missing = secret.stalls.filter((part) => secret[part] === '');
    return [
      ...when(fault !== undefined, () => `${secret.field} names Secret '${secret.name}', which ${fault}`),
      // A reference without a name counts as absent, unless a name is required.
      ...when(missing.length > 0 && (secret.name !== '' || secret.stalls.includes('name')), () => `${secret.field} has no ${missing.join(' and no ')}`),
    ];
  }),
  fix: 'set a valid Secret name and, where required, the key in it',
};
