import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const rsaKeyTooLarge: Rule<CertificateNode> = {
  id: 'rsa-key-too-large',
  code: 'PGTLS-C10',
  severity: Severity.WARNING,
  title: 'RSA key larger than 4096 bits',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'a signature with 8192 bits costs about fifty times one with 2048, at every TLS handshake',
  check: ({ keyAlgorithm, keySize = 0 }) =>
    when(keyAlgorithm === 'RSA' && keySize > 4096 && keySize <= 8192, () => `privateKey is RSA with ${keySize} bits`),
  fix: 'use ECDSA, or RSA with at most 4096 bits',
};
