import type { AcmeOrder } from './acme-order';
import { mappings, text, texts } from '../../data';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, rfc } from '../engine/sources';

export const acmeNameTypeUnsupported: Rule<AcmeOrder> = {
  id: 'acme-name-type-unsupported',
  code: 'PGTLS-B19',
  title: 'URI, email address or other name requested from an ACME issuer',
  consequence: Consequence.NEVER_READY,
  sources: [
    rfc(8555, '7.4', 'the request must name exactly the identifiers of the order'),
    certManagerFile('pkg/controller/certificaterequests/acme/acme.go', 'an order consists of DNS names and IP addresses'),
  ],
  check: ({ certificate: { spec }, server }, report) => {
    for (const field of ['uris', 'emailAddresses', 'otherNames']) {
      const entries = field === 'otherNames' ? mappings(spec[field]).map(({ utf8Value }) => text(utf8Value)) : texts(spec[field]);
      if (entries.length > 0) {
        report(`spec.${field}`, `${field} has '${entries.join("', '")}', but the ACME server '${server}' issues only DNS names and IP addresses`);
      }
    }
  },
  fix: 'remove it, or use another type of issuer',
};
