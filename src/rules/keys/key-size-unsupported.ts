import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const keySizeUnsupported: Rule<CertificateNode> = {
  id: 'key-size-unsupported',
  code: 'PGTLS-C01',
  title: 'key size that the key algorithm does not support',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ keyAlgorithm, keySize }) => {
    if (keySize === undefined) { return []; }
    const fits = keyAlgorithm === 'ECDSA' ? [256, 384, 521].includes(keySize) : keyAlgorithm !== 'RSA' || (keySize >= 2048 && keySize <= 8192);
    return when(!fits, () => `privateKey.size ${keySize} is not a valid size for ${keyAlgorithm}`);
  },
  fix: 'set a size of 2048 to 8192 for RSA, or of 256, 384 or 521 for ECDSA',
};
