import { exactlyOneError } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK, source } from '../engine/sources';
import { having } from './acme-issuer-shared';

const PROVIDERS = ['acmeDNS', 'akamai', 'azureDNS', 'cloudDNS', 'cloudflare', 'digitalocean', 'rfc2136', 'route53', 'webhook'];

export const acmeDns01ProviderCount: Rule<TypedIssuer> = {
  id: 'acme-dns01-provider-count',
  code: 'PGTLS-I36',
  title: 'DNS01 solver without exactly one provider',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK, source('which accepts acmeDNS together with some others; pkg/issuer/acme/dns/dns.go then ignores one of them')],
  check: ({ source }) => having('dns01', source).flatMap(({ field, config }) => {
    const fault = exactlyOneError(PROVIDERS, config);
    return when(fault !== undefined, () => `${field} ${fault}`);
  }),
  fix: 'set one provider, and use a separate solver for each other provider',
};
