import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { outlivesSigner, isBoundToSigner, lateCopy, outliving } from './time-shared';

export const leafOutlivesRootCa: Rule<CertificateNode> = {
  id: 'leaf-outlives-root-ca',
  code: 'PGTLS-D11',
  severity: Severity.WARNING,
  title: 'certificate outlives its issuing root CA certificate, which keeps its key',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'ca.crt in the Secret of a leaf is only written when the leaf is issued',
  // Where a peer trusts the copy and the copy certainly expires first, that is an error (PGTLS-D15).
  check: (certificate) => when(outlivesSigner(certificate) && !isBoundToSigner(certificate.issuingCa!) && lateCopy(certificate) === undefined,
    () => `${outliving(certificate)}: its copy of the CA certificate (ca.crt) expires first`),
  fix: 'set a duration of at most the renewBefore of the root CA, or distribute the root CA certificate to peers from another source',
};
