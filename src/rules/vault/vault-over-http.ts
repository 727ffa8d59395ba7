import { isGiven, text, valueAt } from '../../data';
import { TypedIssuer } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { isPlain } from './vault-issuer-shared';

export const vaultOverHttp: Rule<TypedIssuer> = {
  id: 'vault-over-http',
  code: 'PGTLS-I18',
  severity: Severity.WARNING,
  title: 'Vault over plain HTTP',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'the credentials and the token are sent unencrypted',
  check: ({ source }) => when(
    isPlain(source['server']) && !isGiven(valueAt(source, 'auth.clientCertificate')),
    () => `vault.server '${text(source['server'])}' is plain HTTP: everyone who can read the traffic can have certificates signed`,
  ),
  fix: 'use the https URL of Vault, with its CA certificate in caBundle',
};
