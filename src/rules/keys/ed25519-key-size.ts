import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const ed25519KeySize: Rule<CertificateNode> = {
  id: 'ed25519-key-size',
  code: 'PGTLS-C09',
  severity: Severity.WARNING,
  title: 'key size set for Ed25519',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [certManagerFile('pkg/util/pki/generate.go', 'an Ed25519 key has one size')],
  check: ({ keyAlgorithm, keySize }, report) => {
    if (keyAlgorithm === 'Ed25519' && keySize !== undefined) { report('spec.privateKey.size', `privateKey.size ${keySize} is ignored for Ed25519`); }
  },
  fix: 'remove the size',
};
