import { text } from '../../data';
import { CertificateNode, parseLiteralSubject } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';
import { isFilled } from './identity-shared';

const NAME_LISTS = ['dnsNames', 'ipAddresses', 'uris', 'emailAddresses', 'otherNames'] as const;

export const certificateWithoutName: Rule<CertificateNode> = {
  id: 'certificate-without-name',
  code: 'PGTLS-B01',
  title: 'Certificate without a common name or subject alternative name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec, commonName }) =>
    when(commonName === '' && parseLiteralSubject(text(spec['literalSubject'])).parts !== undefined && NAME_LISTS.every((field) => !isFilled(spec[field])),
      () => 'the Certificate has neither a common name nor a subject alternative name'),
  fix: 'set commonName or at least one of dnsNames, ipAddresses, uris, emailAddresses, otherNames',
};
