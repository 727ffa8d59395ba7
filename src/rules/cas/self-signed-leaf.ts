import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { isMisusedAsCa } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const selfSignedLeaf: Rule<CertificateNode> = {
  id: 'self-signed-leaf',
  code: 'PGTLS-E10',
  severity: Severity.WARNING,
  title: 'self-signed certificate that is not a CA certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [certManagerFile('pkg/controller/certificaterequests/selfsigned/selfsigned.go', 'ca.crt is the certificate itself')],
  check: (certificate, report) => {
    // Where pods use it as a CA certificate, that is an error (PGTLS-E15).
    if (!certificate.isCa && certificate.signsItself && !isMisusedAsCa(certificate)) {
      report('spec.issuerRef.name', `${displayName(certificate.issuer!.at)} is selfSigned: peers must trust exactly this certificate, and the next one after each renewal`);
    }
  },
  fix: 'use a certificate signed by a CA, for example a CertificateAuthority',
  fixInYaml: 'use a certificate signed by a CA: refer to an issuer of type ca',
};
