import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const ed25519KeySize: Rule<CertificateNode> = {
  id: 'ed25519-key-size',
  code: 'PGTLS-C09',
  severity: Severity.WARNING,
  title: 'key size set for Ed25519',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager pkg/util/pki/generate.go: an Ed25519 key has one size',
  check: ({ keyAlgorithm, keySize }) =>
    when(keyAlgorithm === 'Ed25519' && keySize !== undefined, () => `privateKey.size ${keySize} is ignored for Ed25519`),
  fix: 'remove the size',
};
