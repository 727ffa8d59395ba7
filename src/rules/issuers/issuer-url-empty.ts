import { texts, valueAt } from '../../data';
import type { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const issuerUrlEmpty: Rule<IssuerNode> = {
  id: 'issuer-url-empty',
  code: 'PGTLS-I07',
  title: 'empty URL in ocspServers or issuingCertificateURLs',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ spec }, report) => {
    for (const field of ['ca.ocspServers', 'ca.issuingCertificateURLs']) {
      const index = texts(valueAt(spec, field)).indexOf('');
      if (index >= 0) { report(`spec.${field}[${index}]`, `${field} has an empty entry`); }
    }
  },
  fix: 'set the URL or remove the entry',
};
