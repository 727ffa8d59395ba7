import type { AcmeOrder } from './acme-order';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, rfc } from '../engine/sources';

export const acmeCaCertificate: Rule<AcmeOrder> = {
  id: 'acme-ca-certificate',
  code: 'PGTLS-B17',
  title: 'CA certificate requested from an ACME issuer',
  consequence: Consequence.NEVER_READY,
  sources: [
    rfc(8555, '7.4', 'a certificate is issued for the identifiers of an order'),
    certManagerFile('pkg/issuer/ca/setup.go', 'a CA issuer rejects a certificate that is not that of a CA'),
  ],
  check: ({ certificate: { isCa }, server }, report) => {
    if (isCa) { report('spec.isCA', `isCA is true, but the certificate is requested from the ACME server '${server}'`); }
  },
  fix: 'use a selfSigned, ca, vault or venafi issuer for a CA certificate',
};
