import type { CertificateNode, IssuanceGraph } from './issuance-graph';
import { type Mapping, mapping, memoizeByObject, text, valueAt } from '../data';
import type { Manifest } from '../kubernetes';

/** The kinds whose CA bundle cainjector writes. Source: cert-manager pkg/controller/cainjector/setup.go. */
const INJECTED_KINDS = [
  ['admissionregistration.k8s.io', 'MutatingWebhookConfiguration'],
  ['admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'],
  ['apiextensions.k8s.io', 'CustomResourceDefinition'],
  ['apiregistration.k8s.io', 'APIService'],
] as const;

/**
 * Whether a controller takes the `ca.crt` of a Certificate to where a server is verified with it, and takes it again after each renewal: cainjector
 * for the API server, and those of `readersOf`. Source: cert-manager pkg/controller/cainjector/{injectables,sources}.go.
 */
export function isInjected(certificate: CertificateNode): boolean {
  return injectedCertificates(certificate.manifests).has(certificate) || certificatesOfReaders(certificate.manifests).has(certificate);
}

const injectedCertificates = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<CertificateNode> =>
  new Set(INJECTED_KINDS.flatMap(([group, kind]) => manifests.ofKind(group, kind)).filter(hasCaBundle).flatMap((object) => {
    const annotations = mapping(valueAt(object.manifest, 'metadata.annotations'));
    const certificate = find(annotations['cert-manager.io/inject-ca-from'], (namespace, name) => manifests.findCertificate(namespace, name, object));
    const writer = find(annotations['cert-manager.io/inject-ca-from-secret'], (namespace, name) => manifests.writersOf(namespace, name, object).find(allowsInjection));
    return [certificate, writer].filter((found) => found !== undefined);
  })));

/**
 * The Certificates whose `ca.crt` the controllers of custom resources take:
 * - into webhooks that they create with annotations of the resource, for example those of Capsule (CapsuleConfiguration);
 * - for their own connections: `caProvider` of a store of External Secrets, `tlsConfig.ca` of a monitor of Prometheus, which read the Secret again.
 */
const certificatesOfReaders = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<CertificateNode> =>
  new Set(manifests.objects.filter(isCustomResource).flatMap((object) => mappingsIn(object.spec).flatMap((fields) => {
    const injected = find(fields['cert-manager.io/inject-ca-from'], (namespace, name) => manifests.findCertificate(namespace, name, object));
    const read = secretsReadIn(fields).flatMap(({ name, namespace = object.namespace }) => writersOf(manifests, namespace, name, object));
    return injected === undefined ? read : [injected, ...read];
  }))));

/** Manifests without a namespace may be applied to any. */
function writersOf(manifests: IssuanceGraph, namespace: string | undefined, secretName: string, beside: Manifest): ReadonlyArray<CertificateNode> {
  const writers = manifests.writersOf(namespace, secretName, beside);
  return writers.length > 0 || namespace === undefined ? writers : manifests.writersOf(undefined, secretName, beside);
}

function isCustomResource({ group, kind }: Manifest): boolean {
  return group.includes('.') && kind !== 'CustomResourceDefinition' && !/(^|\.)(k8s|cert-manager)\.io$/.test(group);
}

/** The Secrets that a `caProvider` and a `tlsConfig` read. */
function secretsReadIn(fields: Mapping): { readonly name: string; readonly namespace?: string }[] {
  const provider = mapping(fields['caProvider']);
  const scraped = text(valueAt(fields, 'tlsConfig.ca.secret.name'));
  const namespace = text(provider['namespace']);
  return [
    ...provider['type'] === 'Secret' ? [{ name: text(provider['name']), ...namespace === '' ? {} : { namespace } }] : [],
    ...scraped === '' ? [] : [{ name: scraped }],
  ];
}

/** All mappings in a value, at any depth. */
function mappingsIn(value: unknown): Mapping[] {
  if (typeof value !== 'object' || value === null) { return []; }
  return [...Array.isArray(value) ? [] : [value as Mapping], ...Object.values(value).flatMap(mappingsIn)];
}

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
