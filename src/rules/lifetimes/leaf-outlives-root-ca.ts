import { lateCopy } from './late-copy';
import { isBoundToSigner, outlivesSigner, outliving } from './signer-in-time';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const leafOutlivesRootCa: Rule<CertificateNode> = {
  id: 'leaf-outlives-root-ca',
  code: 'PGTLS-D11',
  severity: Severity.WARNING,
  title: 'certificate outlives its issuing root CA certificate, which keeps its key',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [certManagerFile('pkg/controller/certificates/issuing/internal/secret.go', 'ca.crt in the Secret of a leaf is only written when the leaf is issued')],
  check: (certificate, report) => {
    // Where a peer trusts the copy and the copy certainly expires first, that is an error (PGTLS-D15).
    if (outlivesSigner(certificate) && !isBoundToSigner(certificate.issuingCa!) && lateCopy(certificate) === undefined) {
      report('spec.duration', `${outliving(certificate)}: its copy of the CA certificate (ca.crt) expires first`);
    }
  },
  fix: 'set a duration of at most the renewBefore of the root CA, or distribute the root CA certificate to peers from another source',
};
