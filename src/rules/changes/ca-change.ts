import { ChangeKind } from './change-kind';
import { ChangeTarget, ConsentRule, consentTable } from './consent-table';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';

/** The Certificate of a CA whose certificates are in use: currently applied, and in the new manifests. */
interface CaChange extends ChangeTarget {
  readonly before: CertificateNode;
  readonly after: CertificateNode;
  /** A Certificate below it. */
  readonly leaf: CertificateNode;
  readonly manifests: RuleContext;
}

/**
 * Rules for a CA that changes in place: it keeps its Secret, so that cert-manager re-issues none of the certificates below it. The rules in
 * authority-change.ts check Certificates that change to another CA.
 */
export const CA_CHANGE_RULES = consentTable(changes, [
  {
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
  },
  {
    code: 'PGTLS-S21',
    title: 'key algorithm or size of a CA changes while its certificates are in use',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/controller/certificates/keymanager: with rotationPolicy Never, a key that does not match the '
      + 'spec stops every renewal; with Always, a new key signs',
    consents: [ChangeKind.CA_REPLACED],
    check: ({ before, after, leaf }) => {
      const [from, to] = [keyOf(before), keyOf(after)];
      const outcome = after.rotatesKey
        ? `peers with the new CA certificate reject ${displayName(leaf.at)}, and peers with the old one reject newly issued certificates`
        : `with rotationPolicy Never cert-manager creates no new key and no longer renews the CA, so ${displayName(leaf.at)} cannot be renewed after the CA has expired`;
      return when(from !== to && (!after.rotatesKey || isRoot(before)), () => `${displayName(after.at)} changes its key from ${from} to `
        + `${to}: ${outcome}`);
    },
    fix: 'keep algorithm and size; to change the key, create a new CertificateAuthority with another name and rotate to it in stages '
      + '(docs/ca-rotation.md)',
  },
  {
    code: 'PGTLS-S22',
    title: 'CA moves to another Secret while an issuer still signs with the old one',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager does not delete the old Secret of a Certificate whose secretName changes, and renews the new one only',
    consents: [ChangeKind.CA_REPLACED],
    check: ({ before, after, leaf, manifests }) => {
      const isLeft = before.secretName !== after.secretName && manifests.writersOf(before.at.namespace, before.secretName).length === 0;
      const issuers = isLeft ? manifests.issuersWith(before.at.namespace, before.secretName) : [];
      return issuers.map((issuer) => `${displayName(after.at)} changes secretName from '${before.secretName}' to '${after.secretName}', `
        + `but ${displayName(issuer.at)} still signs with the old Secret, for example ${displayName(leaf.at)}: the CA certificate in it is no longer renewed`);
    },
    fix: 'keep secretName; to change the CA, create a new CertificateAuthority with another name and rotate to it in stages '
      + '(docs/ca-rotation.md)',
  },
  {
    code: 'PGTLS-S23',
    title: 'issuer of a CA changes while its certificates are in use',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 6.1: a chain must end at a root that the peer trusts; cert-manager does not re-issue certificates whose CA changes',
    consents: [ChangeKind.CA_REPLACED],
    check: (change) => when(changesRootUnseen(change), () => {
      const { before, after, leaf } = change;
      return `${displayName(after.at)} changes its issuer from ${refer(before)} to ${refer(after)}: ${displayName(leaf.at)} chains to the root of `
        + 'the old issuer, and newly issued certificates chain to the root of the new one';
    }),
    fix: 'keep the issuer; to change it, create a new CertificateAuthority with another name and rotate to it in stages '
      + '(docs/ca-rotation.md)',
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
 * Whether peers trust the certificate directly: an intermediate is sent along with the leaf, and peers trust its root. A CA whose issuer is
 * not in the app may be a root.
 */
function isRoot({ issuer, signsItself }: CertificateNode): boolean {
  return issuer === undefined || signsItself;
}

/**
 * Whether the CA gets another root although its Secret stays the same: at least one of its issuers is not in the app. If both are in the
 * app, the rules in authority-change.ts follow them up to the root.
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
