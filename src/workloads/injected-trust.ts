import { podsOf } from './pod-context';
import { showsKey } from './pod-files';
import { mapping, memoizeByObject, text } from '../data';
import { type CertificateNode, isInjected, type IssuanceGraph, secretIdentity, trustsOf } from '../pki';

/**
 * Whether all peers that the manifests show trust a certificate through cainjector, which passes on the next certificate as well: no bundle
 * reads its Secret, and no pod takes `ca.crt` from there.
 */
export function isTrustedByInjectionAlone(certificate: CertificateNode): boolean {
  return isInjected(certificate) && !isTrustedOtherwise(certificate);
}

/**
 * Whether cainjector takes `ca.crt` from the Secret of each certificate below a CA, where it is that of the key which signed the certificate, and
 * no peer takes it from a CA: the `ca.crt` of a CA is another one as soon as its key changes.
 */
export function isInjectedWithEachLeaf(ca: CertificateNode): boolean {
  const below = ca.descendants;
  const leaves = below.filter(({ isCa }) => !isCa);
  const cas = [ca, ...below.filter(({ isCa }) => isCa)];
  return leaves.length > 0 && leaves.every(isTrustedByInjectionAlone) && !cas.some((each) => isInjected(each) || isTrustedOtherwise(each));
}

/**
 * Whether CloudNativePG and a plugin verify each other with exactly these two certificates, and read them from their Secrets again. Source:
 * CloudNativePG internal/controller/plugin_controller.go.
 */
export function isPinnedByPlugin({ at: { namespace }, secretName, manifests }: CertificateNode): boolean {
  return manifests.ofKind('', 'Service').some((service) => {
    const { labels, annotations } = mapping(service.manifest['metadata']);
    const pair = ['cnpg.io/pluginClientSecret', 'cnpg.io/pluginServerSecret'].map((name) => text(mapping(annotations)[name]));
    return service.namespace === namespace && text(mapping(labels)['cnpg.io/pluginName']) !== '' && pair.includes(secretName) && !pair.includes('');
  });
}

function isTrustedOtherwise(certificate: CertificateNode): boolean {
  const { manifests, at: { namespace }, secretName } = certificate;
  return trustedInPods(manifests).has(certificate) || bundled(manifests).has(secretIdentity(namespace, secretName));
}

const bundled = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<string> => new Set(trustsOf(manifests).flatMap(({ trustedCas }) => [...trustedCas])));

/** The Certificates from whose Secrets pods take `ca.crt`. */
const trustedInPods = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<CertificateNode | undefined> =>
  new Set(podsOf(manifests).flatMap(({ mounts, servers, clients }) => [
    ...mounts.filter(({ source }) => !showsKey(source)).map(({ certificate }) => certificate),
    ...[...servers, ...clients].map((party) => party.caFile && party.certificateOf(party.caFile)),
  ])));
