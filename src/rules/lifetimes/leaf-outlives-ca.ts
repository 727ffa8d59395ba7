import { isBoundToSigner, outlivesSigner, outliving } from './signer-in-time';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

export const leafOutlivesCa: Rule<CertificateNode> = {
  id: 'leaf-outlives-ca',
  code: 'PGTLS-D08',
  title: 'certificate outlives its issuing CA, whose key rotates or which is an intermediate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    source('a certificate that is issued just before the renewal of its CA depends on the old CA certificate'),
    certManagerFile('pkg/controller/certificaterequests/ca/ca.go', 'a leaf gets the CA certificate of its issuance'),
  ],
  check: (certificate, report) => {
    const { issuingCa: ca } = certificate;
    if (ca === undefined || !outlivesSigner(certificate) || !isBoundToSigner(ca)) { return; }
    const why = ca.rotatesKey ? 'the renewed CA has a new key' : 'servers keep sending the old intermediate certificate';
    report('spec.duration', `${outliving(certificate)}, and ${why}`);
  },
  fix: 'set a duration of at most the renewBefore of the issuing CA certificate',
};
