import { overwritesCa } from './overwrites-ca';
import { displayName, inNamespace } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const secretWrittenTwice: Rule<CertificateNode> = {
  id: 'secret-written-twice',
  code: 'PGTLS-A02',
  title: 'Secret written by two Certificates',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('internal/controller/certificates/certificates.go', 'only the Certificate that owns the Secret, or the oldest one, is issued')],
  check: (certificate, report) => {
    const { at, secretName, manifests } = certificate;
    const first = manifests.writersOf(at.namespace, secretName, at)[0]!;
    // Duplicate objects are reported by PGTLS-N02, a leaf in the Secret of its CA by PGTLS-A03.
    if (secretName !== '' && first !== certificate && first.at.name !== at.name && !overwritesCa(certificate)) {
      report('spec.secretName', `secretName '${secretName}'${inNamespace(at.namespace)} is already written by ${displayName(first.at)} at '${first.at.path}'`);
    }
  },
  fix: 'use a different secretName for each Certificate',
};
