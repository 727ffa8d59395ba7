import type { AcmeOrder } from './acme-order';
import { isLetsEncrypt } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const acmeClientCertificate: Rule<AcmeOrder> = {
  id: 'acme-client-certificate',
  code: 'PGTLS-B18',
  severity: Severity.WARNING,
  title: "client certificate requested from Let's Encrypt",
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source(
    "Let's Encrypt: no extended key usage for client authentication since 2026",
    'https://letsencrypt.org/2025/05/14/ending-tls-client-authentication/',
  )],
  check: ({ certificate: { usages }, server }, report) => {
    if (usages.includes('client auth') && isLetsEncrypt(server)) {
      report(`spec.usages[${usages.indexOf('client auth')}]`, "usages has 'client auth', which Let's Encrypt omits: servers reject the certificate");
    }
  },
  fix: 'use a CA of your own for client certificates',
};
