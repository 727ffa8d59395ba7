import type { IssuanceGraph } from './issuance-graph';
import { issuerIdentity, type IssuerReference, secretIdentity } from './issuer-identity';
import { annotatedIssuers, TrustView } from './trust-view';
import { memoizeByObject } from '../data';
import type { Manifest } from '../kubernetes';

/** A bundle among other manifests, with its edges: the CAs that it makes its readers trust. */
export class TrustNode extends TrustView {
  public constructor(at: Manifest, private readonly manifests: IssuanceGraph) {
    super(at);
  }

  /** The CAs whose certificates it holds, as far as the manifests declare them. */
  public get trustedCas(): Set<string> {
    const { trustNamespace } = this.manifests.assumptions;
    return new Set([
      ...this.references.filter(({ kind, name }) => kind === 'Secret' && name !== '').map(({ name }) => secretIdentity(trustNamespace, name)),
      ...this.issuers.map((entry) => {
        const [type = '', namespace = '', name = ''] = entry.split('/');
        const [kind = '', ...group] = type.split('.');
        return rootCaOf(this.manifests, { kind, group: group.join('.'), namespace: namespace === '' ? undefined : namespace, name });
      }),
    ]);
  }
}

/** Every bundle among the manifests. */
export const trustsOf = memoizeByObject((manifests: IssuanceGraph): ReadonlyArray<TrustNode> => [
  ...manifests.ofKind('trust.cert-manager.io', 'Bundle'),
  ...manifests.ofKind('trust-manager.io', 'ClusterBundle'),
  ...manifests.ofKind('', 'ConfigMap').filter((object) => annotatedIssuers(object).length > 0),
].map((at) => new TrustNode(at, manifests)));

/**
 * What a certificate of an issuer is verified with in the end: the Secret of the root's key pair, as far up as the app goes, or else the
 * issuer. Two issuers below one root are one CA; one issuer that takes another key pair becomes another.
 */
export function rootCaOf(manifests: IssuanceGraph, reference: IssuerReference, seen: ReadonlySet<unknown> = new Set()): string {
  const issuer = reference.group === 'cert-manager.io' ? manifests.findIssuer(reference.kind, reference.namespace, reference.name) : undefined;
  if (issuer?.caSecretName === undefined) { return issuerIdentity(reference); }
  const certificate = issuer.caCertificate;
  const above = certificate?.issuer;
  if (certificate === undefined || above === undefined || above.type === 'selfSigned' || seen.has(certificate)) {
    return secretIdentity(issuer.secretNamespace, issuer.caSecretName);
  }
  return rootCaOf(manifests, { ...certificate.issuerRef, namespace: above.at.namespace }, new Set([...seen, certificate]));
}
