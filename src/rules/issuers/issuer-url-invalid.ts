import { givenOf, mapping, texts, valueAt } from '../../data';
import { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

const CERTIFICATE_URLS = ['crlDistributionPoints', 'ocspServers', 'issuingCertificateURLs'];

export const issuerUrlInvalid: Rule<IssuerNode> = {
  id: 'issuer-url-invalid',
  code: 'PGTLS-I08',
  title: 'invalid URL in crlDistributionPoints, ocspServers or issuingCertificateURLs',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'RFC 5280, 4.2.1.13 and 4.2.2.1: a URI with its scheme',
  check: ({ spec }) => ['ca', 'selfSigned'].flatMap((type) => givenOf(CERTIFICATE_URLS, mapping(spec[type])).flatMap((field) =>
    texts(valueAt(spec, `${type}.${field}`))
      .filter((url) => (url !== '' || field === 'crlDistributionPoints') && !/^(https?|ldaps?|ftp):\/\/[^/\s]\S*$/i.test(url) && !/^ldaps?:\/\/\/\S+$/i.test(url))
      .map((url) => `${type}.${field} entry '${url}' is not a URL`))),
  fix: 'set scheme and host, for example http://pki.example.com/ca.crl; plain http is usual, because the responses are signed',
};
