import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const subjectEqualsIssuer: Rule<CertificateNode> = {
  id: 'subject-equals-issuer',
  code: 'PGTLS-B13',
  title: 'subject equal to the subject of the issuing CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Go crypto/x509 CreateCertificate omits the authority key identifier, and OpenSSL treats the certificate as self-signed (error 18)',
  check: (certificate) => {
    const { issuingCa: ca, subject } = certificate;
    return when(ca !== undefined && ca !== certificate && subject !== '' && subject === ca.subject,
      () => `subject '${subject}' is also the subject of its issuing CA, ${displayName(ca!.at)}`);
  },
  fix: 'give the CA a different common name, for example one that ends in "CA"',
};
