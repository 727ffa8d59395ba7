import { ChangeKind } from './change-kind';
import { ChangeTarget, ConsentRule, consentTable } from './consent-table';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence, when } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';

/** The Certificate of a CA that signs certificates in force: as it is, and as it will be. */
interface CaChange extends ChangeTarget {
  readonly before: CertificateNode;
  readonly after: CertificateNode;
  /** A certificate that it has signed. */
  readonly leaf: CertificateNode;
  readonly manifests: RuleContext;
}

/**
 * What is proven about CAs that change in place. That certificates change to another CA is for the rules of authority-change.ts; here
 * the CA keeps its Secret, so that cert-manager re-issues none of the certificates below it.
 */
export const CA_CHANGE_RULES = consentTable(changes, [
  {
    code: 'PGTLS-S20',
    title: 'a CA whose subject changes under certificates in use',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 6.1.3: the issuer of a certificate is the subject of its CA; cert-manager does not re-issue certificates whose CA '
      + 'changes',
    consents: [ChangeKind.CA_REPLACED],
    check: ({ before, after, leaf }) => when(isRoot(before) && before.subject !== after.subject, () =>
      `${displayName(after.at)} has the subject '${before.subject}' in force and '${after.subject}' from now on: ${displayName(leaf.at)} names the `
        + 'old one as its issuer, and peers that have the new CA '
      + 'refuse it, as peers with the old CA refuse what is issued next'),
    fix: 'keep the subject; for another one make a new CertificateAuthority under another name and roll over to it in stages '
      + '(docs/authority-roll.md)',
  },
  {
    code: 'PGTLS-S21',
    title: 'a CA whose key changes under certificates in use',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/controller/certificates/keymanager: with rotationPolicy Never, a key that does not fit stops every '
      + 'renewal; with Always, a new key signs',
    consents: [ChangeKind.CA_REPLACED],
    check: ({ before, after, leaf }) => {
      const [from, to] = [keyOf(before), keyOf(after)];
      const outcome = after.rotatesKey
        ? `peers that have the new key refuse ${displayName(leaf.at)}, as peers with the old one refuse what is issued next`
        : `cert-manager makes no new key with rotationPolicy Never and renews it no more, nor ${displayName(leaf.at)} once it has ended`;
      return when(from !== to && (!after.rotatesKey || isRoot(before)), () => `${displayName(after.at)} has the key ${from} in force and `
        + `${to} from now on: ${outcome}`);
    },
    fix: 'keep algorithm and size; for another key make a new CertificateAuthority under another name and roll over to it in stages '
      + '(docs/authority-roll.md)',
  },
  {
    code: 'PGTLS-S22',
    title: 'a CA that leaves the Secret which an issuer still signs with',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager does not delete the Secret of a Certificate that changes its secretName, and renews the new one only',
    consents: [ChangeKind.CA_REPLACED],
    check: ({ before, after, leaf, manifests }) => {
      const isLeft = before.secretName !== after.secretName && manifests.writersOf(before.at.namespace, before.secretName).length === 0;
      const issuers = isLeft ? manifests.issuersWith(before.at.namespace, before.secretName) : [];
      return issuers.map((issuer) => `${displayName(after.at)} writes Secret '${before.secretName}' in force and '${after.secretName}' from `
        + `now on, while ${displayName(issuer.at)} goes on signing with the old one, `
        + `for example ${displayName(leaf.at)}: that certificate of the CA is never renewed again`);
    },
    fix: 'keep secretName; for another CA make a new CertificateAuthority under another name and roll over to it in stages '
      + '(docs/authority-roll.md)',
  },
  {
    code: 'PGTLS-S23',
    title: 'a CA that gets another issuer under certificates in use',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 6.1: a chain ends at the root that a peer trusts; cert-manager does not re-issue certificates whose CA changes',
    consents: [ChangeKind.CA_REPLACED],
    check: (change) => when(changesRootUnseen(change), () => {
      const { before, after, leaf } = change;
      return `${displayName(after.at)} is issued by ${refer(before)} in force and by ${refer(after)} from now on: ${displayName(leaf.at)} rests on `
        + 'the root of the one, and what is issued next on that of the other';
    }),
    fix: 'keep the issuer; for another one make a new CertificateAuthority under another name and roll over to it in stages '
      + '(docs/authority-roll.md)',
  },
] satisfies ConsentRule<CaChange>[]);

function changes(manifests: RuleContext): CaChange[] {
  const { committed } = manifests;
  return (committed?.certificates ?? []).filter(({ isCa }) => isCa).flatMap((before) => {
    const { namespace, name } = before.at;
    const after = manifests.writersOf(namespace, before.secretName)[0] ?? manifests.findCertificate(namespace, name);
    const [leaf] = before.descendants;
    return after === undefined || leaf === undefined ? [] : [{ at: after.at, namespace, name: after.at.name, before, after, leaf, manifests }];
  });
}

/**
 * Whether peers trust it itself: an intermediate is sent along with what it signs, and its root is trusted. One whose issuer is not in the
 * app may be a root.
 */
function isRoot({ issuer, signsItself }: CertificateNode): boolean {
  return issuer === undefined || signsItself;
}

/**
 * Whether another root stands behind the CA although its Secret is the same: at least one of its issuers is not in the app. Where both are,
 * the rules of authority-change.ts follow them up to the root.
 */
function changesRootUnseen({ before, after }: CaChange): boolean {
  const isKnown = before.issuer !== undefined && after.issuer !== undefined;
  return !isKnown && refer(before) !== refer(after);
}

function refer({ issuerRef: { kind, name } }: CertificateNode): string {
  return `${kind} '${name}'`;
}

/** `ECDSA 256`: algorithm and size as cert-manager completes them. Source: cert-manager pkg/util/pki/generate.go. */
function keyOf({ keyAlgorithm, keySize }: CertificateNode): string {
  if (keyAlgorithm === 'Ed25519') { return keyAlgorithm; }
  return `${keyAlgorithm} ${keySize ?? (keyAlgorithm === 'ECDSA' ? 256 : 2048)}`;
}
