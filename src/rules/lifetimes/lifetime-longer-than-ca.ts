import { formatMilliseconds } from '../../formats';
import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { signerInTime } from './time-shared';

export const lifetimeLongerThanCa: Rule<CertificateNode> = {
  id: 'lifetime-longer-than-ca',
  code: 'PGTLS-D07',
  title: 'lifetime longer than that of the issuing CA certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'a CA issuer of cert-manager signs any lifetime; peers reject a chain as soon as one of its certificates has expired',
  check: (certificate) => {
    const { lifetime } = certificate;
    const signer = signerInTime(certificate);
    return when(signer !== undefined && lifetime > signer.lifetime,
      () => `lifetime ${formatMilliseconds(lifetime)} is longer than that of its issuing CA ${displayName(signer!.at)}: ${formatMilliseconds(signer!.lifetime)}`);
  },
  fix: 'set a duration of at most the renewBefore of the issuing CA certificate',
};
