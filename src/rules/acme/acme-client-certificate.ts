import { isLetsEncrypt } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { OrderTarget } from './acme-order-shared';

export const acmeClientCertificate: Rule<OrderTarget> = {
  id: 'acme-client-certificate',
  code: 'PGTLS-B18',
  severity: Severity.WARNING,
  title: "client certificate requested from Let's Encrypt",
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: "Let's Encrypt: no extended key usage for client authentication since 2026",
  check: ({ certificate: { usages }, server }) => when(
    usages.includes('client auth') && isLetsEncrypt(server),
    () => "usages has 'client auth', which Let's Encrypt omits: servers reject the certificate",
  ),
  fix: 'use a CA of your own for client certificates',
};
