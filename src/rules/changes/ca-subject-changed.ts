import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';
import { CaChange, isRoot } from './ca-change-shared';

export const caSubjectChanged: ConsentRule<CaChange> = {
  id: 'ca-subject-changed',
  code: 'PGTLS-S20',
  title: 'subject of a CA changes while its certificates are in use',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'RFC 5280, 6.1.3: the issuer of a certificate is the subject of its CA; cert-manager does not re-issue certificates whose CA '
    + 'changes',
  consents: [ChangeKind.CA_REPLACED],
  check: ({ before, after, leaf }) => when(isRoot(before) && before.subject !== after.subject, () =>
    `${displayName(after.at)} changes its subject from '${before.subject}' to '${after.subject}': ${displayName(leaf.at)} names the old subject as `
      + 'its issuer, so peers with the new CA certificate reject it, and peers with the old CA certificate reject newly issued '
      + 'certificates'),
  fix: 'keep the subject; to change it, create a new CertificateAuthority with another name and rotate to it in stages '
    + '(docs/ca-rotation.md)',
};
