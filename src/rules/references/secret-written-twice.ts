import { displayName, inNamespace } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { overwritesCa } from './reference-shared';

export const secretWrittenTwice: Rule<CertificateNode> = {
  id: 'secret-written-twice',
  code: 'PGTLS-A02',
  title: 'Secret written by two Certificates',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager internal/controller/certificates/certificates.go: only the older one is ever issued',
  check: (certificate) => {
    const { at, secretName, manifests } = certificate;
    const first = manifests.writersOf(at.namespace, secretName)[0]!;
    // Duplicate objects are reported by PGTLS-N02, a leaf in the Secret of its CA by PGTLS-A03.
    return when(secretName !== '' && first !== certificate && first.at.name !== at.name && !overwritesCa(certificate),
      () => `secretName '${secretName}'${inNamespace(at.namespace)} is already written by ${displayName(first.at)} at '${first.at.path}'`);
  },
  fix: 'use a different secretName for each Certificate',
};
