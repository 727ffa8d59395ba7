import { mappings, text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { opensslFile, rfc } from '../engine/sources';

export const caSubjectEmpty: Rule<CertificateNode> = {
  id: 'ca-subject-empty',
  code: 'PGTLS-E04',
  title: 'CA certificate with an empty subject',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [rfc(5280, '4.1.2.4'), opensslFile('crypto/x509/x509_vfy.c', 'openssl verify -x509_strict')],
  check: ({ isCa, spec, subject, alternativeNames }, report) => {
    // The webhook rejects a certificate without any name, and an invalid literalSubject (PGTLS-B01, PGTLS-B03).
    const isNamed = Object.values(alternativeNames).some((names) => names.length > 0) || mappings(spec['otherNames']).length > 0;
    if (isCa && subject === '' && isNamed && text(spec['literalSubject']) === '') {
      report('spec.commonName', 'the subject of the CA certificate is empty, which RFC 5280 forbids');
    }
  },
  fix: 'set a unique commonName',
};
