import { subjectField } from './subject-field';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { goFile, opensslFile } from '../engine/sources';

export const subjectEqualsIssuer: Rule<CertificateNode> = {
  id: 'subject-equals-issuer',
  code: 'PGTLS-B13',
  title: 'subject equal to the subject of the issuing CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    goFile('crypto/x509/x509.go', 'CreateCertificate omits the authority key identifier'),
    opensslFile('crypto/x509/x509_vfy.c', 'the certificate counts as self-signed (error 18)'),
  ],
  check: (certificate, report) => {
    const { issuingCa: ca, subject } = certificate;
    if (ca !== undefined && ca !== certificate && subject !== '' && subject === ca.subject) {
      report(subjectField(certificate), `subject '${subject}' is also the subject of its issuing CA, ${displayName(ca.at)}`);
    }
  },
  fix: 'give the CA a different common name, for example one that ends in "CA"',
};
