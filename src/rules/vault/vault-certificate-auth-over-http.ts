import { isGiven, text, valueAt } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { methods, isPlain } from './vault-issuer-shared';

export const vaultCertificateAuthOverHttp: Rule<TypedIssuer> = {
  id: 'vault-certificate-auth-over-http',
  code: 'PGTLS-I17',
  title: 'Vault client certificate auth over plain HTTP',
  consequence: Consequence.NEVER_READY,
  source: 'a client certificate is sent in the TLS handshake; cert-manager internal/vault/vault.go',
  check: ({ source }) => when(
    isGiven(valueAt(source, 'auth.clientCertificate')) && methods(source).length === 1 && isPlain(source['server']),
    () => `vault.server '${text(source['server'])}' is plain HTTP, but vault.auth is clientCertificate`,
  ),
  fix: 'use the https URL of Vault',
};
