import { type CaChange, isRoot } from './ca-change';
import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { certManagerFile } from '../engine/sources';

export const caKeyChanged: ConsentRule<CaChange> = {
  id: 'ca-key-changed',
  code: 'PGTLS-S21',
  title: 'key algorithm or size of a CA changes while its certificates are in use',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('pkg/controller/certificates/keymanager/keymanager_controller.go', 'with rotationPolicy Never, a key that does not match the spec stops every renewal; with Always, a new key signs'),
  ],
  consents: [ChangeKind.CA_REPLACED],
  check: ({ before, after, leaf }, report) => {
    const [from, to] = [keyOf(before), keyOf(after)];
    if (from === to || (after.rotatesKey && !isRoot(before))) { return; }
    const outcome = after.rotatesKey
      ? `peers with the new CA certificate reject ${displayName(leaf.at)}, and peers with the old one reject newly issued certificates`
      : `with rotationPolicy Never cert-manager creates no new key and no longer renews the CA, so ${displayName(leaf.at)} cannot be renewed after the CA has expired`;
    report(before.keyAlgorithm === after.keyAlgorithm ? 'spec.privateKey.size' : 'spec.privateKey.algorithm', `${displayName(after.at)} changes its key from ${from} to ${to}: ${outcome}`);
  },
  fix: 'keep algorithm and size; to change the key, create a new CertificateAuthority with another name and rotate to it in stages '
    + '(docs/ca-rotation.md)',
  fixInYaml: 'keep algorithm and size; to change the key, add a second CA Certificate and issuer with other names, let every peer trust both CAs, '
    + 'and then change issuerRef of the leaf certificates (docs/ca-rotation.md)',
};

/** `ECDSA 256`: algorithm and size as cert-manager completes them. Source: cert-manager pkg/util/pki/generate.go. */
function keyOf({ keyAlgorithm, keySize }: CertificateNode): string {
  if (keyAlgorithm === 'Ed25519') { return keyAlgorithm; }
  return `${keyAlgorithm} ${keySize ?? (keyAlgorithm === 'ECDSA' ? 256 : 2048)}`;
}
