import { authMethodsOf } from './auth-methods';
import { isPlainHttp } from './plain-http';
import { text } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

export const vaultCertificateAuthOverHttp: Rule<TypedIssuer> = {
  id: 'vault-certificate-auth-over-http',
  code: 'PGTLS-I17',
  title: 'Vault client certificate auth over plain HTTP',
  consequence: Consequence.NEVER_READY,
  sources: [
    certManagerFile('internal/vault/vault.go', 'a client certificate is sent in the TLS handshake'),
    source(
      'Vault, builtin/credential/cert/path_login.go: tls connection required',
      'https://github.com/hashicorp/vault/blob/fbdb5907068efdef994faa0a3a8756bd045bf3d7/builtin/credential/cert/path_login.go',
    ),
  ],
  check: ({ source: vault }, report) => {
    const [method, ...others] = authMethodsOf(vault);
    if (method === 'clientCertificate' && others.length === 0 && isPlainHttp(vault['server'])) {
      report('spec.vault.server', `vault.server '${text(vault['server'])}' is plain HTTP, but vault.auth is clientCertificate`);
    }
  },
  fix: 'use the https URL of Vault',
};
