import { caChangeWithoutBundle } from './ca-change-without-bundle';
import { caNotYetTrusted } from './ca-not-yet-trusted';
import { caTrustRemovedTooEarly } from './ca-trust-removed-too-early';
import type { TrustChange, TrustPair } from './trust-change';
import { displayName, identity } from '../../kubernetes';
import { type CertificateNode, type IssuanceGraph, rootCaOf, type TrustNode, trustsOf } from '../../pki';
import type { RuleContext } from '../engine/rule-context';
import { ruleTable } from '../engine/rule-table';

/**
 * Rules for a change of the issuing CA. They compare with the currently applied manifests, because a single synthesis does not show what
 * clients and servers trust at the moment.
 */
export const AUTHORITY_CHANGE_RULES = ruleTable(changes, [
  caNotYetTrusted,
  caTrustRemovedTooEarly,
  caChangeWithoutBundle,
]);

function changes(manifests: RuleContext): TrustChange[] {
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
