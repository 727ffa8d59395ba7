import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { isMisusedAsCa } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const selfSignedLeaf: Rule<CertificateNode> = {
  id: 'self-signed-leaf',
  code: 'PGTLS-E10',
  severity: Severity.WARNING,
  title: 'self-signed certificate that is not a CA certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager pkg/controller/certificaterequests/selfsigned: ca.crt is the certificate itself',
  // Where pods use it as a CA certificate, that is an error (PGTLS-E15).
  check: (certificate) => when(!certificate.isCa && certificate.signsItself && !isMisusedAsCa(certificate),
    () => `${displayName(certificate.issuer!.at)} is selfSigned: peers must trust exactly this certificate, and the next one after each renewal`),
  fix: 'use a certificate signed by a CA, for example a CertificateAuthority',
};
