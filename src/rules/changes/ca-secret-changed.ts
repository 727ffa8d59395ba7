import type { CaChange } from './ca-change';
import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { source } from '../engine/sources';

export const caSecretChanged: ConsentRule<CaChange> = {
  id: 'ca-secret-changed',
  code: 'PGTLS-S22',
  title: 'CA moves to another Secret while an issuer still signs with the old one',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('cert-manager does not delete the old Secret of a Certificate whose secretName changes, and renews the new one only')],
  consents: [ChangeKind.CA_REPLACED],
  check: ({ before, after, leaf, manifests }, report) => {
    const isLeft = before.secretName !== after.secretName && manifests.writersOf(before.at.namespace, before.secretName).length === 0;
    for (const issuer of isLeft ? manifests.issuersWith(before.at.namespace, before.secretName) : []) {
      report('spec.secretName', `${displayName(after.at)} changes secretName from '${before.secretName}' to '${after.secretName}', `
        + `but ${displayName(issuer.at)} still signs with the old Secret, for example ${displayName(leaf.at)}: the CA certificate in it is no longer renewed`);
    }
  },
  fix: 'keep secretName; to change the CA, create a new CertificateAuthority with another name and rotate to it in stages '
    + '(docs/ca-rotation.md)',
  fixInYaml: 'keep secretName; to change the CA, add a second CA Certificate and issuer with other names, let every peer trust both CAs, and then '
    + 'change issuerRef of the leaf certificates (docs/ca-rotation.md)',
};
