import { text } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const acmeServerNotVerified: Rule<TypedIssuer> = {
  id: 'acme-server-not-verified',
  code: 'PGTLS-I43',
  severity: Severity.WARNING,
  title: 'ACME server certificate not verified (skipTLSVerify)',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [certManagerFile('pkg/acme/accounts/client.go', 'InsecureSkipVerify: any host on the network path can answer in place of the server')],
  check: ({ source }, report) => {
    if (source['skipTLSVerify'] === true) { report('spec.acme.skipTLSVerify', `acme.skipTLSVerify disables the verification of '${text(source['server'])}'`); }
  },
  fix: 'set the CA certificate of the server in caBundle',
};
