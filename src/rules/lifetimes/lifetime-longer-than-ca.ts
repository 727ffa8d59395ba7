import { signerInTime } from './signer-in-time';
import { formatMilliseconds } from '../../formats';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, rfc } from '../engine/sources';

export const lifetimeLongerThanCa: Rule<CertificateNode> = {
  id: 'lifetime-longer-than-ca',
  code: 'PGTLS-D07',
  title: 'lifetime longer than that of the issuing CA certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('pkg/controller/certificaterequests/ca/ca.go', 'a CA issuer signs any lifetime'),
    rfc(5280, '6.1.3', 'every certificate of a chain must be valid'),
  ],
  check: (certificate, report) => {
    const { lifetime } = certificate;
    const signer = signerInTime(certificate);
    if (signer === undefined || lifetime <= signer.lifetime) { return; }
    report('spec.duration', `lifetime ${formatMilliseconds(lifetime)} is longer than that of its issuing CA ${displayName(signer.at)}: ${formatMilliseconds(signer.lifetime)}`);
  },
  fix: 'set a duration of at most the renewBefore of the issuing CA certificate',
};
