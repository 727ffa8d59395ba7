import { texts, valueAt } from '../../data';
import { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const issuerUrlEmpty: Rule<IssuerNode> = {
  id: 'issuer-url-empty',
  code: 'PGTLS-I07',
  title: 'empty URL in ocspServers or issuingCertificateURLs',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ spec }) => ['ocspServers', 'issuingCertificateURLs'].flatMap((field) =>
    when(texts(valueAt(spec, `ca.${field}`)).includes(''), () => `ca.${field} has an empty entry`)),
  fix: 'set the URL or remove the entry',
};
