import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { outlivesSigner, isBoundToSigner, outliving } from './time-shared';

export const leafOutlivesCa: Rule<CertificateNode> = {
  id: 'leaf-outlives-ca',
  code: 'PGTLS-D08',
  title: 'certificate outlives its issuing CA, whose key rotates or which is an intermediate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'a certificate that is issued just before the renewal of its CA depends on the old CA certificate',
  check: (certificate) => when(outlivesSigner(certificate) && isBoundToSigner(certificate.issuingCa!), () => {
    const { issuingCa: ca } = certificate;
    const why = ca!.rotatesKey ? 'the renewed CA has a new key' : 'servers keep sending the old intermediate certificate';
    return `${outliving(certificate)}, and ${why}`;
  }),
  fix: 'set a duration of at most the renewBefore of the issuing CA certificate',
};
