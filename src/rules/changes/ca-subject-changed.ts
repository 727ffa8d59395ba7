import { CA_NOT_COMPARED, type CaChange, isRoot } from './ca-change';
import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import { isGiven } from '../../data';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { rfc } from '../engine/sources';

export const caSubjectChanged: ConsentRule<CaChange> = {
  id: 'ca-subject-changed',
  code: 'PGTLS-S20',
  title: 'subject of a CA changes while its certificates are in use',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    rfc(5280, '6.1.3', 'the issuer of a certificate is the subject of its CA'),
    CA_NOT_COMPARED,
  ],
  consents: [ChangeKind.CA_REPLACED],
  check: ({ before, after, leaf }, report) => {
    if (isRoot(before) && before.subject !== after.subject) {
      report(subjectField(before, after), `${displayName(after.at)} changes its subject from '${before.subject}' to '${after.subject}': ${displayName(leaf.at)} names the old subject as `
        + 'its issuer, so peers with the new CA certificate reject it, and peers with the old CA certificate reject newly issued certificates');
    }
  },
  fix: 'keep the subject; to change it, create a new CertificateAuthority with another name and rotate to it in stages '
    + '(docs/ca-rotation.md)',
  fixInYaml: 'keep the subject; to change it, add a second CA Certificate and issuer with other names, let every peer trust both CAs, and then '
    + 'change issuerRef of the leaf certificates (docs/ca-rotation.md)',
};

function subjectField(before: CertificateNode, after: CertificateNode): string {
  if (isGiven(after.spec['literalSubject'])) { return 'spec.literalSubject'; }
  return before.commonName === after.commonName ? 'spec.subject' : 'spec.commonName';
}
