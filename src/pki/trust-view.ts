import type { CertificateView } from './certificate-view';
import type { Inventory } from './inventory';
import type { Manifest, Located } from '../kubernetes';
import { mapping, Mapping, mappings, text } from '../data';

/** Says whose certificates a bundle verifies: a PEM text does not. */
export const AUTHORITIES_ANNOTATION = 'cdk8s-postgres-tls/authorities';

/** Says, on the certificate of a database's server, where clients find the root; without it, that is `ca.crt` of its Secret. */
export const SERVER_AUTHORITIES_ANNOTATION = 'cdk8s-postgres-tls/server-authorities';

/** An issuer as constructs know it. */
export interface KnownIssuer {
  readonly issuerKind: string;
  readonly issuerGroup: string;
  readonly issuerName: string;
  readonly issuerNamespace?: string;
}

/** An issuer as manifests name it. */
export interface IssuerReference {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  /** Undefined where the kind has none. */
  readonly namespace: string | undefined;
}

/** The value of the annotation. */
export function formatIssuerIdentities(issuers: ReadonlyArray<KnownIssuer>): string {
  return [...new Set(issuers.map(({ issuerKind, issuerGroup, issuerNamespace, issuerName }) =>
    issuerIdentity({ kind: issuerKind, group: issuerGroup, namespace: issuerNamespace, name: issuerName })))].sort().join(',');
}

/** Whether a bundle among manifests says that it verifies what an issuer signs. */
export function verifiesIssuer(objects: ReadonlyArray<Manifest>, { kind, namespace, name }: Pick<Manifest, 'kind' | 'namespace' | 'name'>, issuer: KnownIssuer): boolean {
  const bundle = objects.find((object) => object.kind === kind && object.name === name && object.namespace === namespace);
  return bundle !== undefined && annotated(bundle).includes(formatIssuerIdentities([issuer]));
}

/** The issuer of a Certificate, as manifests name it: that of the namespace is in the Certificate's. */
export function issuerReference({ issuerRef, at: { namespace } }: CertificateView): IssuerReference {
  return { ...issuerRef, namespace: issuerRef.kind === 'Issuer' ? namespace : undefined };
}

export function issuerIdentity({ kind, group, namespace, name }: IssuerReference): string {
  return `${kind}.${group}/${namespace ?? ''}/${name}`;
}

function annotated({ manifest }: Manifest): string[] {
  return text(mapping(mapping(manifest['metadata'])['annotations'])[AUTHORITIES_ANNOTATION]).split(',').filter((entry) => entry !== '');
}

/** A Secret or ConfigMap of the trust namespace that a bundle reads. */
export interface BundleReference {
  /** Where it stands in the manifest. */
  readonly field: string;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
  readonly includeAllKeys: boolean;
  /** Undefined where there is none. */
  readonly selector: unknown;
}

/** What brings certificates of authorities to those who trust them: a Bundle, a ClusterBundle, or a ConfigMap that says it is one. */
export class TrustView implements Located {
  public readonly references: ReadonlyArray<BundleReference>;
  public readonly inline: ReadonlyArray<{ readonly field: string; readonly pem: string }>;
  public readonly target: Mapping;

  public constructor(public readonly at: Manifest, private readonly manifests: Inventory) {
    this.target = mapping(at.spec['target']);
    this.references = at.kind === 'Bundle' ? bundleReferences(at.spec) : sourceRefs(at.spec);
    this.inline = inlineTexts(at);
  }

  /** Whether trust-manager's webhook for v1alpha1 judges it. */
  public get isBundle(): boolean {
    return this.at.kind === 'Bundle';
  }

  /** What it is written into. */
  public get targetKinds(): string[] {
    if (this.at.kind === 'ConfigMap') { return ['ConfigMap']; }
    return [...(this.target['configMap'] === undefined ? [] : ['ConfigMap']), ...(this.target['secret'] === undefined ? [] : ['Secret'])];
  }

  /** The authorities whose certificates it holds, as far as the manifests tell. */
  public get trustedCas(): Set<string> {
    const { trustNamespace } = this.manifests.assumptions;
    return new Set([
      ...this.references.filter(({ kind, name }) => kind === 'Secret' && name !== '').map(({ name }) => secretIdentity(trustNamespace, name)),
      ...annotated(this.at).map((entry) => {
        const [type = '', namespace = '', name = ''] = entry.split('/');
        const [kind = '', ...group] = type.split('.');
        return rootCaOf(this.manifests, { kind, group: group.join('.'), namespace: namespace === '' ? undefined : namespace, name });
      }),
    ]);
  }
}

/** Every bundle of the app. */
export function trustsOf(manifests: Inventory): TrustView[] {
  return [
    ...manifests.ofKind('trust.cert-manager.io', 'Bundle'),
    ...manifests.ofKind('trust-manager.io', 'ClusterBundle'),
    ...manifests.ofKind('', 'ConfigMap').filter((object) => annotated(object).length > 0),
  ].map((at) => new TrustView(at, manifests));
}

/**
 * What a certificate of an issuer is verified with in the end: the Secret of the root's key pair, as far up as the app goes, or else the
 * issuer. Two issuers below one root are one authority; one issuer that takes another key pair becomes another.
 */
export function rootCaOf(manifests: Inventory, reference: IssuerReference, seen: ReadonlySet<unknown> = new Set()): string {
  const issuer = reference.group === 'cert-manager.io' ? manifests.findIssuer(reference.kind, reference.namespace, reference.name) : undefined;
  if (issuer?.caSecretName === undefined) { return issuerIdentity(reference); }
  const certificate = issuer.caCertificate;
  const above = certificate?.issuer;
  if (certificate === undefined || above === undefined || above.type === 'selfSigned' || seen.has(certificate)) {
    return secretIdentity(issuer.secretNamespace, issuer.caSecretName);
  }
  return rootCaOf(manifests, { ...certificate.issuerRef, namespace: above.at.namespace }, new Set([...seen, certificate]));
}

/** A CA by the Secret of its key pair. */
export function secretIdentity(namespace: string | undefined, name: string): string {
  return `Secret/${namespace ?? ''}/${name}`;
}

function bundleReferences(spec: Mapping): BundleReference[] {
  return mappings(spec['sources']).flatMap((source, index) =>
    (['configMap', 'secret'] as const).filter((field) => source[field] !== undefined).map((field) => {
      const { name, key, selector, includeAllKeys } = mapping(source[field]);
      return {
        field: `sources[${index}].${field}`, kind: field === 'secret' ? 'Secret' as const : 'ConfigMap' as const,
        name: text(name), key: text(key), selector, includeAllKeys: includeAllKeys === true,
      };
    }));
}

function sourceRefs(spec: Mapping): BundleReference[] {
  return mappings(spec['sourceRefs']).map(({ kind, name, key, selector }, index) => ({
    field: `sourceRefs[${index}]`, kind: kind === 'Secret' ? 'Secret' : 'ConfigMap', name: text(name), key: text(key), selector, includeAllKeys: false,
  }));
}

function inlineTexts({ kind, spec, manifest }: Manifest): { field: string; pem: string }[] {
  if (kind === 'ConfigMap') { return Object.entries(mapping(manifest['data'])).map(([key, pem]) => ({ field: `data['${key}']`, pem: text(pem) })); }
  if (kind === 'ClusterBundle') { return spec['inLineCAs'] === undefined ? [] : [{ field: 'inLineCAs', pem: text(spec['inLineCAs']) }]; }
  return mappings(spec['sources']).flatMap((source, index) =>
    (source['inLine'] === undefined ? [] : [{ field: `sources[${index}].inLine`, pem: text(source['inLine']) }]));
}
