import type { ClientView } from '../client-view';
import type { ServerView } from '../server-view';
import { displayName } from '../../kubernetes';
import { type CertificateNode, type IssuanceGraph, rootCertificateOf, type TrustNode, trustsOf } from '../../pki';

/** The CA certificates in a file. */
export interface TrustedRoots {
  readonly roots: ReadonlyArray<CertificateNode>;
  /** As messages name them. */
  readonly description: string;
}

/** The root CA certificates in the CA file of a server or client; undefined where they may be others as well. */
export function trustedRoots(party: ServerView | ClientView, manifests: IssuanceGraph): TrustedRoots | undefined {
  const { caFile, pod } = party;
  if (caFile === undefined) { return undefined; }
  const { key, source: { kind, name } } = caFile;
  const certificate = party.certificateOf(caFile);
  if (certificate !== undefined) {
    // A file with an intermediate CA alone verifies nothing, and one with a leaf that alone: both are unusual.
    const root = key === 'ca.crt' ? rootCertificateOf(certificate) : key === 'tls.crt' && certificate.signsItself ? certificate : undefined;
    return root && { roots: [root], description: `${key} of Secret '${name}', which is ${displayName(root.at)}` };
  }
  const trust = trustsOf(manifests).filter(({ at, isBundle, targetKinds }) => isBundle && at.name === name && targetKinds.includes(kind));
  const roots = trust.length === 1 && pod.at.namespace !== undefined ? rootsIn(trust[0]!, manifests) : undefined;
  return roots && { roots, description: `${key} of ${kind} '${name}' (${displayName(trust[0]!.at)})` };
}

/** The roots of a bundle that reads nothing but Secrets of Certificates of the app. Public CAs are none of them. */
function rootsIn({ references, inline }: TrustNode, manifests: IssuanceGraph): CertificateNode[] | undefined {
  const roots = references.map(({ kind, name, key, selector, includeAllKeys }) => {
    const writer = kind === 'Secret' && selector === undefined && !includeAllKeys ? manifests.writersOf(manifests.assumptions.trustNamespace, name)[0] : undefined;
    if (writer === undefined) { return undefined; }
    return key === 'ca.crt' ? rootCertificateOf(writer) : key === 'tls.crt' && writer.signsItself ? writer : undefined;
  });
  return inline.length === 0 && roots.length > 0 && roots.every((root) => root !== undefined) ? roots : undefined;
}
