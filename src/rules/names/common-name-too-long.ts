import { subjectField } from './subject-field';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, source } from '../engine/sources';

export const commonNameTooLong: Rule<CertificateNode> = {
  id: 'common-name-too-long',
  code: 'PGTLS-B02',
  title: 'common name longer than 64 bytes',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, source('RFC 5280, A.1: ub-common-name', 'https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1')],
  check: (certificate, report) => {
    for (const { type, value } of certificate.subjectParts) {
      const length = Buffer.byteLength(value);
      if (type === 'CN' && length > 64) { report(subjectField(certificate), `commonName '${value}' is ${length} bytes long, at most 64 are allowed`); }
    }
  },
  fix: 'shorten it, or leave it out and list long host names in dnsNames',
};
