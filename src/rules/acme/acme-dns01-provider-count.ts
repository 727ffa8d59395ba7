import { solverParts } from './solvers';
import { exactlyOneError } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, ISSUER_WEBHOOK } from '../engine/sources';

const PROVIDERS = ['acmeDNS', 'akamai', 'azureDNS', 'cloudDNS', 'cloudflare', 'digitalocean', 'rfc2136', 'route53', 'webhook'];

export const acmeDns01ProviderCount: Rule<TypedIssuer> = {
  id: 'acme-dns01-provider-count',
  code: 'PGTLS-I36',
  title: 'DNS01 solver without exactly one provider',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    ISSUER_WEBHOOK,
    certManagerFile('pkg/issuer/acme/dns/dns.go', 'uses one of two, where the webhook accepts acmeDNS together with another provider'),
  ],
  check: ({ source }, report) => {
    for (const { field, config } of solverParts('dns01', source)) {
      const fault = exactlyOneError(PROVIDERS, config);
      if (fault !== undefined) { report(`spec.${field}`, `${field} ${fault}`); }
    }
  },
  fix: 'set one provider, and use a separate solver for each other provider',
};
