import { isFilled } from './is-filled';
import { text } from '../../data';
import { type CertificateNode, parseLiteralSubject } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

const NAME_LISTS = ['dnsNames', 'ipAddresses', 'uris', 'emailAddresses', 'otherNames'] as const;

export const certificateWithoutName: Rule<CertificateNode> = {
  id: 'certificate-without-name',
  code: 'PGTLS-B01',
  title: 'Certificate without a common name or subject alternative name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec, commonName }, report) => {
    const isSubjectValid = parseLiteralSubject(text(spec['literalSubject'])).parts !== undefined;
    if (commonName === '' && isSubjectValid && !NAME_LISTS.some((field) => isFilled(spec[field]))) {
      report('spec', 'the Certificate has neither a common name nor a subject alternative name');
    }
  },
  fix: 'set commonName or at least one of dnsNames, ipAddresses, uris, emailAddresses, otherNames',
};
