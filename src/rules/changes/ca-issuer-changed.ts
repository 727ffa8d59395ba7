import { CA_NOT_COMPARED, type CaChange } from './ca-change';
import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { rfc } from '../engine/sources';

export const caIssuerChanged: ConsentRule<CaChange> = {
  id: 'ca-issuer-changed',
  code: 'PGTLS-S23',
  title: 'issuer of a CA changes while its certificates are in use',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    rfc(5280, '6.1', 'a chain must end at a root that the peer trusts'),
    CA_NOT_COMPARED,
  ],
  consents: [ChangeKind.CA_REPLACED],
  check: (change, report) => {
    const { before, after, leaf } = change;
    if (changesRootUnseen(change)) {
      report(before.issuerRef.kind === after.issuerRef.kind ? 'spec.issuerRef.name' : 'spec.issuerRef',
        `${displayName(after.at)} changes its issuer from ${refer(before)} to ${refer(after)}: ${displayName(leaf.at)} chains to the root of `
        + 'the old issuer, and newly issued certificates chain to the root of the new one');
    }
  },
  fix: 'keep the issuer; to change it, create a new CertificateAuthority with another name and rotate to it in stages '
    + '(docs/ca-rotation.md)',
  fixInYaml: 'keep the issuer; to change it, add a second CA Certificate and issuer with other names, let every peer trust both CAs, and then change '
    + 'issuerRef of the leaf certificates (docs/ca-rotation.md)',
};

/**
 * Whether the CA gets another root although its Secret stays the same: at least one of its issuers is not in the app. If both are in the
 * app, the rules of src/rules/trust follow them up to the root.
 */
function changesRootUnseen({ before, after }: CaChange): boolean {
  const isKnown = before.issuer !== undefined && after.issuer !== undefined;
  return !isKnown && refer(before) !== refer(after);
}

function refer({ issuerRef: { kind, name } }: CertificateNode): string {
  return `${kind} '${name}'`;
}
