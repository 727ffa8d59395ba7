import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, source } from '../engine/sources';

export const commonNameTooLong: Rule<CertificateNode> = {
  id: 'common-name-too-long',
  code: 'PGTLS-B02',
  title: 'common name longer than 64 bytes',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, source('X.520 upper bound')],
  check: ({ subjectParts }) =>
    subjectParts.filter(({ type, value }) => type === 'CN' && Buffer.byteLength(value) > 64)
      .map(({ value }) => `commonName '${value}' is ${Buffer.byteLength(value)} bytes long, at most 64 are allowed`),
  fix: 'shorten it, or leave it out and list long host names in dnsNames',
};
