import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const rsaKeyTooLarge: Rule<CertificateNode> = {
  id: 'rsa-key-too-large',
  code: 'PGTLS-C10',
  severity: Severity.WARNING,
  title: 'RSA key larger than 4096 bits',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('a signature with 8192 bits costs about fifty times one with 2048, at every TLS handshake')],
  check: ({ keyAlgorithm, keySize = 0 }, report) => {
    if (keyAlgorithm === 'RSA' && keySize > 4096 && keySize <= 8192) { report('spec.privateKey.size', `privateKey is RSA with ${keySize} bits`); }
  },
  fix: 'use ECDSA, or RSA with at most 4096 bits',
};
