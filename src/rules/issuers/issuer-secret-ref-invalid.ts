import { missingParts, secretRefField } from './secret-ref-field';
import { dnsSubdomainError } from '../../formats';
import { type IssuerNode, issuerSecrets } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, kubernetesPage } from '../engine/sources';

export const issuerSecretRefInvalid: Rule<IssuerNode> = {
  id: 'issuer-secret-ref-invalid',
  code: 'PGTLS-I03',
  title: 'Secret reference with an invalid name, or without the key that the controller needs',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesPage('concepts/overview/working-with-objects/names/', 'Object Names and IDs'),
    certManagerFile('pkg/issuer/vault/setup.go'),
    certManagerFile('pkg/issuer/acme/dns/dns.go'),
  ],
  check: (issuer, report) => {
    for (const secret of issuerSecrets(issuer)) {
      const fault = secret.name === '' ? undefined : dnsSubdomainError(secret.name);
      if (fault !== undefined) { report(secretRefField(secret, 'name'), `${secret.field} names Secret '${secret.name}', which ${fault}`); }
      // A reference without a name counts as absent, unless a name is required.
      const missing = secret.name !== '' || secret.stalls.includes('name') ? missingParts(secret, secret.stalls) : undefined;
      if (missing !== undefined) { report(missing.field, missing.problem); }
    }
  },
  fix: 'set a valid Secret name and, where required, the key in it',
};
