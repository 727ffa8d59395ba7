import { text } from '../../data';
import { TypedIssuer } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const acmeServerNotVerified: Rule<TypedIssuer> = {
  id: 'acme-server-not-verified',
  code: 'PGTLS-I43',
  severity: Severity.WARNING,
  title: 'ACME server certificate not verified (skipTLSVerify)',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'everyone on the network path can answer in its name; cert-manager pkg/issuer/acme',
  check: ({ source }) => when(source['skipTLSVerify'] === true, () => `acme.skipTLSVerify disables the verification of '${text(source['server'])}'`),
  fix: 'set the CA certificate of the server in caBundle',
};
