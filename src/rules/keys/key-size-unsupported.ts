import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const keySizeUnsupported: Rule<CertificateNode> = {
  id: 'key-size-unsupported',
  code: 'PGTLS-C01',
  title: 'key size that the key algorithm does not support',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ keyAlgorithm, keySize }, report) => {
    if (keySize !== undefined && !isSupported(keyAlgorithm, keySize)) {
      report('spec.privateKey.size', `privateKey.size ${keySize} is not a valid size for ${keyAlgorithm}`);
    }
  },
  fix: 'set a size of 2048 to 8192 for RSA, or of 256, 384 or 521 for ECDSA',
};

function isSupported(algorithm: string, size: number): boolean {
  switch (algorithm) {
    case 'ECDSA': return [256, 384, 521].includes(size);
    case 'RSA': return size >= 2048 && size <= 8192;
    default: return true;
  }
}
