import { isPlainHttp } from './plain-http';
import { isGiven, text, valueAt } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const vaultOverHttp: Rule<TypedIssuer> = {
  id: 'vault-over-http',
  code: 'PGTLS-I18',
  severity: Severity.WARNING,
  title: 'Vault over plain HTTP',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('Vault, Production hardening: use end-to-end TLS', 'https://developer.hashicorp.com/vault/docs/concepts/production-hardening')],
  check: ({ source: vault }, report) => {
    // With a client certificate the connection fails (PGTLS-I17).
    if (isPlainHttp(vault['server']) && !isGiven(valueAt(vault, 'auth.clientCertificate'))) {
      report('spec.vault.server', `vault.server '${text(vault['server'])}' is plain HTTP: everyone who can read the traffic can have certificates signed`);
    }
  },
  fix: 'use the https URL of Vault, with its CA certificate in caBundle',
};
