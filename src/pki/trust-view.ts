import { formatIssuerIdentities, type KnownIssuer } from './issuer-identity';
import { mapping, Mapping, mappings, text } from '../data';
import type { Located, Manifest } from '../kubernetes';

/** Annotation with the CAs that a bundle contains; a PEM text does not show them. */
export const TRUSTED_CAS_ANNOTATION = 'cdk8s-postgres-tls/trusted-cas';

/** Annotation on a server Certificate with the object that contains the root CA for clients; by default that is `ca.crt` of its Secret. */
export const TRUSTED_SERVER_CAS_ANNOTATION = 'cdk8s-postgres-tls/trusted-server-cas';

/** Whether the annotation of a bundle contains an issuer. */
export function verifiesIssuer(objects: ReadonlyArray<Manifest>, { kind, namespace, name }: Pick<Manifest, 'kind' | 'namespace' | 'name'>, issuer: KnownIssuer): boolean {
  const bundle = objects.find((object) => object.kind === kind && object.name === name && object.namespace === namespace);
  return bundle !== undefined && annotatedIssuers(bundle).includes(formatIssuerIdentities([issuer]));
}

/** The issuers that a bundle is annotated with. */
export function annotatedIssuers({ manifest }: Manifest): string[] {
  return text(mapping(mapping(manifest['metadata'])['annotations'])[TRUSTED_CAS_ANNOTATION]).split(',').filter((entry) => entry !== '');
}

/** A Secret or ConfigMap of the trust namespace that a bundle reads. */
export interface BundleReference {
  /** The path of the reference in the manifest. */
  readonly field: string;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
  readonly includeAllKeys: boolean;
  /** Undefined where no selector is given. */
  readonly selector: unknown;
}

/** A bundle of CA certificates: a Bundle, a ClusterBundle, or a ConfigMap with the annotation of a bundle. */
export class TrustView implements Located {
  public readonly references: ReadonlyArray<BundleReference>;
  public readonly inline: ReadonlyArray<{ readonly field: string; readonly pem: string }>;
  public readonly target: Mapping;

  public constructor(public readonly at: Manifest) {
    this.target = mapping(at.spec['target']);
    this.references = at.kind === 'Bundle' ? bundleReferences(at.spec) : sourceRefs(at.spec);
    this.inline = inlineTexts(at);
  }

  /** The issuers in its annotation. */
  public get issuers(): string[] {
    return annotatedIssuers(this.at);
  }

  /** Whether trust-manager's webhook for v1alpha1 validates it. */
  public get isBundle(): boolean {
    return this.at.kind === 'Bundle';
  }

  /** The kinds of its target objects. */
  public get targetKinds(): string[] {
    if (this.at.kind === 'ConfigMap') { return ['ConfigMap']; }
    return [...(this.target['configMap'] === undefined ? [] : ['ConfigMap']), ...(this.target['secret'] === undefined ? [] : ['Secret'])];
  }
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
