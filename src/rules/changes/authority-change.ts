import { displayName, identity, Located } from '../../kubernetes';
import { CertificateNode, IssuanceGraph, rootCaOf, TrustNode, trustsOf } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { RuleContext } from '../engine/rule-context';
import { ruleTable } from '../engine/rule-table';

/** A Certificate that is currently applied, and its new manifest. */
interface TrustChangeTarget extends Located {
  readonly certificate: CertificateNode;
  /** The CA at the top of its chain: currently applied, and in the new manifests. */
  readonly before: string;
  readonly after: string;
  readonly committed: TrustPair[];
}

/** The CAs of a bundle: currently applied, and in the new manifests. */
interface TrustPair {
  readonly name: string;
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

/**
 * Rules for a change of the issuing CA. They compare with the currently applied manifests, because a single synthesis does not show what
 * clients and servers trust at the moment.
 */
export const AUTHORITY_CHANGE_RULES = ruleTable(changes, [
  {
    code: 'PGTLS-E34',
    title: 'Certificate changes to a CA that peers do not trust yet',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager re-issues at once when issuerRef changes (policies/checks.go); peers keep trusting the CA certificates that they have',
    check: ({ certificate, before, after, committed }) => when(
      before !== after && concerned(committed, before, after) && !(committed.some((trust) => trust.before.has(after)) && !skips(committed, before, after)),
      () => `${displayName(certificate.at)} changes from ${describeCa(before)} to ${describeCa(after)}, but no currently applied bundle contains the new CA together with the old one`),
    fix: 'add the new CA to the trust bundle first, commit and apply that, and issue certificates from it afterwards',
  },
  {
    code: 'PGTLS-E35',
    title: 'CA removed from a trust bundle while its certificates are in use',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'peers reject a certificate as soon as they do not trust its CA; the new certificate is issued after the bundle has changed',
    check: ({ certificate, before, committed }) => committed.filter((trust) => trust.before.has(before) && !trust.after.has(before))
      .map((trust) => `${trust.name} removes ${describeCa(before)}, which verifies the currently applied ${displayName(certificate.at)}`),
    fix: 'issue every certificate from the new CA first, commit and apply that, and remove the old CA afterwards',
  },
  {
    code: 'PGTLS-E36',
    severity: Severity.WARNING,
    title: 'Certificate changes its CA and no bundle shows whether peers trust the new CA',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'ca.crt in the Secret of a peer still contains the old CA certificate',
    check: ({ certificate, before, after, committed }) => when(before !== after && !concerned(committed, before, after),
      () => `${displayName(certificate.at)} changes from ${describeCa(before)} to ${describeCa(after)}, but peers trust only the CA certificate in their own ca.crt`),
    fix: 'rotate the CA in stages (CaRotation), or acknowledge the warning if every peer trusts both CAs by other means',
  },
] satisfies Rule<TrustChangeTarget>[]);

/** Whether any bundle contains one of the two CAs. */
function concerned(trusts: ReadonlyArray<TrustPair>, before: string, after: string): boolean {
  return trusts.some((trust) => [trust.before, trust.after].some((set) => set.has(before) || set.has(after)));
}

/** Whether a bundle with the old CA adds the new CA in the same step in which Certificates change to it. */
function skips(trusts: ReadonlyArray<TrustPair>, before: string, after: string): boolean {
  return trusts.some((trust) => trust.before.has(before) && !trust.before.has(after) && trust.after.has(after));
}

function changes(manifests: RuleContext): TrustChangeTarget[] {
  const { committed } = manifests;
  if (committed === undefined) { return []; }
  const trusts = pairs(trustsOf(committed), trustsOf(manifests));
  return manifests.certificates.filter(({ isCa }) => !isCa).flatMap((certificate) => {
    const applied = committed.findCertificate(certificate.at.namespace, certificate.at.name);
    return applied === undefined ? [] : [{ at: certificate.at, certificate, before: verifier(committed, applied), after: verifier(manifests, certificate), committed: trusts }];
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

/** `the CA in Secret 'new-ca' in namespace 'demo'`, as messages name a CA. */
function describeCa(identityOfCa: string): string {
  const [type = '', namespace = '', name = ''] = identityOfCa.split('/');
  return `${type === 'Secret' ? 'the CA in Secret' : type.split('.')[0]} '${name}'${namespace === '' ? '' : ` in namespace '${namespace}'`}`;
}
