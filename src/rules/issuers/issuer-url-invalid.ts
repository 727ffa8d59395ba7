import { texts, valueAt } from '../../data';
import type { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { rfc } from '../engine/sources';

const CERTIFICATE_URLS = ['crlDistributionPoints', 'ocspServers', 'issuingCertificateURLs'];

export const issuerUrlInvalid: Rule<IssuerNode> = {
  id: 'issuer-url-invalid',
  code: 'PGTLS-I08',
  title: 'invalid URL in crlDistributionPoints, ocspServers or issuingCertificateURLs',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [rfc(5280, '4.2.1.13', 'a URI with its scheme'), rfc(5280, '4.2.2.1')],
  check: ({ spec }, report) => {
    for (const field of ['ca', 'selfSigned'].flatMap((type) => CERTIFICATE_URLS.map((list) => `${type}.${list}`))) {
      for (const [index, url] of texts(valueAt(spec, field)).entries()) {
        // The webhook rejects an empty entry of the other two lists (PGTLS-I07).
        const hasOtherFinding = url === '' && !field.endsWith('crlDistributionPoints');
        if (!hasOtherFinding && !isUrl(url)) { report(`spec.${field}[${index}]`, `${field} entry '${url}' is not a URL`); }
      }
    }
  },
  fix: 'set scheme and host, for example http://pki.example.com/ca.crl; plain http is usual, because the responses are signed',
};

function isUrl(url: string): boolean {
  return /^(https?|ldaps?|ftp):\/\/[^/\s]\S*$/i.test(url) || /^ldaps?:\/\/\/\S+$/i.test(url);
}
