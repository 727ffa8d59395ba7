import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { OrderTarget } from './acme-order-shared';

export const acmeCaCertificate: Rule<OrderTarget> = {
  id: 'acme-ca-certificate',
  code: 'PGTLS-B17',
  title: 'CA certificate requested from an ACME issuer',
  consequence: Consequence.NEVER_READY,
  source: 'RFC 8555 issues certificates for identifiers, not CA certificates; a CA issuer rejects such a certificate (pkg/issuer/ca/setup.go)',
  check: ({ certificate: { isCa }, server }) => when(isCa, () => `isCA is true, but the certificate is requested from the ACME server '${server}'`),
  fix: 'use a selfSigned, ca, vault or venafi issuer for a CA certificate',
};
