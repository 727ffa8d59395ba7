import type { CertificateNode, IssuanceGraph } from './issuance-graph';
import { mapping, memoizeByObject, text, valueAt } from '../data';
import type { Manifest } from '../kubernetes';

/** The kinds whose CA bundle cainjector writes. Source: cert-manager pkg/controller/cainjector/setup.go. */
const INJECTED_KINDS = [
  ['admissionregistration.k8s.io', 'MutatingWebhookConfiguration'],
  ['admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'],
  ['apiextensions.k8s.io', 'CustomResourceDefinition'],
  ['apiregistration.k8s.io', 'APIService'],
] as const;

/**
 * Whether cainjector writes the `ca.crt` of a Certificate into an object that the API server verifies a server with, and writes it again after
 * each renewal. Source: cert-manager pkg/controller/cainjector/{injectables,sources}.go.
 */
export function isInjected(certificate: CertificateNode): boolean {
  return injectedCertificates(certificate.manifests).has(certificate);
}

const injectedCertificates = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<CertificateNode> =>
  new Set(INJECTED_KINDS.flatMap(([group, kind]) => manifests.ofKind(group, kind)).filter(hasCaBundle).flatMap((object) => {
    const annotations = mapping(valueAt(object.manifest, 'metadata.annotations'));
    const certificate = find(annotations['cert-manager.io/inject-ca-from'], (namespace, name) => manifests.findCertificate(namespace, name));
    const writer = find(annotations['cert-manager.io/inject-ca-from-secret'], (namespace, name) => manifests.writersOf(namespace, name).find(allowsInjection));
    return [certificate, writer].filter((found) => found !== undefined);
  })));

/** Finds an object by `namespace/name`; manifests without a namespace may be applied to any. */
function find<Found>(reference: unknown, lookUp: (namespace: string | undefined, name: string) => Found | undefined): Found | undefined {
  const [namespace, name] = text(reference).split('/');
  return namespace === undefined || namespace === '' || name === undefined ? undefined : lookUp(namespace, name) ?? lookUp(undefined, name);
}

/** A CustomResourceDefinition has a CA bundle for its conversion webhook alone. */
function hasCaBundle({ kind, spec }: Manifest): boolean {
  return kind !== 'CustomResourceDefinition' || valueAt(spec, 'conversion.strategy') === 'Webhook';
}

/** cainjector reads a Secret that is named directly only with the consent of the Secret. */
function allowsInjection({ spec, at: { namespace }, secretName, manifests }: CertificateNode): boolean {
  const secret = manifests.find('', 'Secret', namespace, secretName)?.manifest;
  return [valueAt(spec, 'secretTemplate.annotations'), valueAt(secret, 'metadata.annotations')]
    .some((annotations) => mapping(annotations)['cert-manager.io/allow-direct-injection'] === 'true');
}
