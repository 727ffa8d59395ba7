import { mappings, text, texts } from '../../data';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { OrderTarget } from './acme-order-shared';

export const acmeNameTypeUnsupported: Rule<OrderTarget> = {
  id: 'acme-name-type-unsupported',
  code: 'PGTLS-B19',
  title: 'URI, email address or other name requested from an ACME issuer',
  consequence: Consequence.NEVER_READY,
  source: 'RFC 8555, 7.4: the request must name exactly the identifiers of the order; cert-manager orders DNS names and IP addresses',
  check: ({ certificate: { spec }, server }) => ['uris', 'emailAddresses', 'otherNames'].flatMap((field) => {
    const entries = field === 'otherNames' ? mappings(spec[field]).map(({ utf8Value }) => text(utf8Value)) : texts(spec[field]);
    return when(entries.length > 0, () => `${field} has '${entries.join("', '")}', but the ACME server '${server}' issues only DNS names and IP addresses`);
  }),
  fix: 'remove it, or use another type of issuer',
};
