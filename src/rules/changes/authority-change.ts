import { displayName, identity, Located } from '../../kubernetes';
import { CertificateNode, IssuanceGraph, rootCaOf, TrustNode, trustsOf } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { RuleContext } from '../engine/rule-context';
import { ruleTable } from '../engine/rule-table';

/** A certificate that is in force, and what becomes of it. */
interface TrustChangeTarget extends Located {
  readonly certificate: CertificateNode;
  /** Who verifies it in the end: in force, and as it will be. */
  readonly before: string;
  readonly after: string;
  readonly committed: TrustPair[];
}

/** A bundle as it is in force and as it will be. */
interface TrustPair {
  readonly name: string;
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

/**
 * What is proven about authorities that change: against the manifests that are in force, since one synthesis alone cannot tell what
 * clients and servers trust at this moment.
 */
export const AUTHORITY_CHANGE_RULES = ruleTable(changes, [
  {
    code: 'PGTLS-E34',
    title: 'a certificate that changes to an authority which nobody trusts yet',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager re-issues at once when issuerRef changes (policies/checks.go); peers go on with the authorities that they hold',
    check: ({ certificate, before, after, committed }) => when(
      before !== after && concerned(committed, before, after) && !(committed.some((trust) => trust.before.has(after)) && !skips(committed, before, after)),
      () => `${displayName(certificate.at)} changes from ${describeCa(before)} to ${describeCa(after)}, which no bundle in force holds beside the old one`),
    fix: 'add the new authority to what everybody trusts, commit and apply that, and only then issue from it',
  },
  {
    code: 'PGTLS-E35',
    title: 'an authority that leaves what everybody trusts while its certificates are in use',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'peers refuse a certificate as soon as they do not hold its authority; the new one is issued later than the bundle changes',
    check: ({ certificate, before, committed }) => committed.filter((trust) => trust.before.has(before) && !trust.after.has(before))
      .map((trust) => `${trust.name} drops ${describeCa(before)}, from which ${displayName(certificate.at)} in force was issued`),
    fix: 'have every certificate issued by the new authority first, commit and apply that, and only then drop the old one',
  },
  {
    code: 'PGTLS-E36',
    severity: Severity.WARNING,
    title: 'a certificate that changes its authority where no bundle tells who trusts the new one',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'a copy of ca.crt in the Secret of a peer still holds the old authority',
    check: ({ certificate, before, after, committed }) => when(before !== after && !concerned(committed, before, after),
      () => `${displayName(certificate.at)} changes from ${describeCa(before)} to ${describeCa(after)}, and peers trust what their own ca.crt holds`),
    fix: 'roll the authority in stages (CaRotation), or acknowledge the warning where every peer trusts both by other means',
  },
] satisfies Rule<TrustChangeTarget>[]);

/** Whether any bundle is about these authorities at all. */
function concerned(trusts: ReadonlyArray<TrustPair>, before: string, after: string): boolean {
  return trusts.some((trust) => [trust.before, trust.after].some((set) => set.has(before) || set.has(after)));
}

/** Whether a bundle of the old authority takes up the new one in the same step in which certificates change to it. */
function skips(trusts: ReadonlyArray<TrustPair>, before: string, after: string): boolean {
  return trusts.some((trust) => trust.before.has(before) && !trust.before.has(after) && trust.after.has(after));
}

function changes(manifests: RuleContext): TrustChangeTarget[] {
  const { committed } = manifests;
  if (committed === undefined) { return []; }
  const trusts = pairs(trustsOf(committed), trustsOf(manifests));
  return manifests.certificates.filter(({ isCa }) => !isCa).flatMap((certificate) => {
    const inForce = committed.findCertificate(certificate.at.namespace, certificate.at.name);
    return inForce === undefined ? [] : [{ at: certificate.at, certificate, before: verifier(committed, inForce), after: verifier(manifests, certificate), committed: trusts }];
  });
}

function verifier(manifests: IssuanceGraph, { issuerRef, at }: CertificateNode): string {
  return rootCaOf(manifests, { ...issuerRef, namespace: issuerRef.kind === 'ClusterIssuer' ? undefined : at.namespace });
}

function pairs(before: ReadonlyArray<TrustNode>, after: ReadonlyArray<TrustNode>): TrustPair[] {
  const [then, now] = [before, after].map((trusts) => new Map(trusts.map((trust) => [identity(trust.at), trust])));
  return [...new Set([...then!.keys(), ...now!.keys()])].map((key) => ({
    name: displayName((now!.get(key) ?? then!.get(key))!.at),
    before: then!.get(key)?.trustedCas ?? new Set<string>(),
    after: now!.get(key)?.trustedCas ?? new Set<string>(),
  }));
}

/** `Secret 'new-ca' in namespace 'demo'`, as messages name an authority. */
function describeCa(authority: string): string {
  const [type = '', namespace = '', name = ''] = authority.split('/');
  return `${type === 'Secret' ? 'the authority of Secret' : type.split('.')[0]} '${name}'${namespace === '' ? '' : ` in namespace '${namespace}'`}`;
}
