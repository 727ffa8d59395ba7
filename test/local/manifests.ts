import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
}

export interface IssuerManifest extends Manifest {
  readonly spec: {
    readonly selfSigned?: { readonly crlDistributionPoints?: string[] };
    readonly ca?: {
      readonly secretName: string;
      readonly crlDistributionPoints?: string[];
      readonly ocspServers?: string[];
      readonly issuingCertificateURLs?: string[];
    };
    readonly acme?: object;
  };
}

export interface NameConstraintItems {
  readonly dnsDomains?: string[];
  readonly ipRanges?: string[];
  readonly emailAddresses?: string[];
  readonly uriDomains?: string[];
}

export interface CertificateSpec {
  readonly secretName: string;
  readonly issuerRef: { readonly name: string; readonly kind?: string; readonly group?: string };
  readonly commonName?: string;
  readonly literalSubject?: string;
  readonly subject?: {
    readonly organizations?: string[];
    readonly countries?: string[];
    readonly organizationalUnits?: string[];
    readonly localities?: string[];
    readonly provinces?: string[];
    readonly streetAddresses?: string[];
    readonly postalCodes?: string[];
    readonly serialNumber?: string;
  };
  readonly dnsNames?: string[];
  readonly emailAddresses?: string[];
  readonly ipAddresses?: string[];
  readonly uris?: string[];
  readonly otherNames?: { readonly oid: string; readonly utf8Value: string }[];
  readonly duration?: string;
  readonly isCA?: boolean;
  readonly usages?: string[];
  readonly privateKey?: {
    readonly algorithm?: string;
    readonly size?: number;
    readonly encoding?: string;
    readonly rotationPolicy?: string;
  };
  readonly additionalOutputFormats?: { readonly type: string }[];
  readonly nameConstraints?: {
    readonly critical?: boolean;
    readonly permitted?: NameConstraintItems;
    readonly excluded?: NameConstraintItems;
  };
}

export interface CertificateManifest extends Manifest {
  readonly spec: CertificateSpec;
}

export interface ConfigMapManifest extends Manifest {
  readonly data?: Record<string, string>;
}

export interface KeyToPath {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

/** What Secret, ConfigMap and projected sources have in common once the name is read. */
export interface SourceOptions {
  readonly items?: KeyToPath[];
  readonly defaultMode?: number;
  readonly optional?: boolean;
}

export interface VolumeManifest {
  readonly name: string;
  readonly secret?: SourceOptions & { readonly secretName: string };
  readonly configMap?: SourceOptions & { readonly name: string };
  readonly projected?: {
    readonly defaultMode?: number;
    readonly sources: {
      readonly secret?: SourceOptions & { readonly name: string };
      readonly configMap?: SourceOptions & { readonly name: string };
    }[];
  };
  readonly emptyDir?: object;
}

export interface EnvVarManifest {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
    readonly configMapKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
  };
}

export interface ProbeManifest {
  readonly exec?: { readonly command: string[] };
  readonly tcpSocket?: { readonly port: number | string };
  readonly timeoutSeconds?: number;
}

export interface ContainerManifest {
  readonly name: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly workingDir?: string;
  readonly env?: EnvVarManifest[];
  readonly envFrom?: object[];
  readonly ports?: { readonly name?: string; readonly containerPort: number }[];
  readonly volumeMounts?: {
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
    readonly subPathExpr?: string;
  }[];
  readonly lifecycle?: { readonly preStop?: { readonly exec?: { readonly command: string[] } } };
  readonly startupProbe?: ProbeManifest;
  readonly readinessProbe?: ProbeManifest;
  readonly livenessProbe?: ProbeManifest;
}

export interface PodSpecManifest {
  readonly hostAliases?: ReadonlyArray<{ readonly ip: string; readonly hostnames: string[] }>;
  readonly securityContext?: {
    readonly runAsUser?: number;
    readonly runAsGroup?: number;
    readonly fsGroup?: number;
    readonly fsGroupChangePolicy?: string;
  };
  readonly serviceAccountName?: string;
  readonly initContainers?: ContainerManifest[];
  readonly containers: ContainerManifest[];
  readonly volumes?: VolumeManifest[];
}

export interface StatefulSetManifest extends Manifest {
  readonly spec: {
    readonly template: { readonly metadata?: { readonly labels?: Record<string, string> }; readonly spec: PodSpecManifest };
    readonly volumeClaimTemplates?: { readonly metadata: { readonly name: string } }[];
  };
}

/** The kinds whose content is read; every other one is a plain `Manifest`. */
export interface ManifestKinds {
  readonly Issuer: IssuerManifest;
  readonly ClusterIssuer: IssuerManifest;
  readonly Certificate: CertificateManifest;
  readonly ConfigMap: ConfigMapManifest;
  readonly StatefulSet: StatefulSetManifest;
}

type OfKind<K extends string> = K extends keyof ManifestKinds ? ManifestKinds[K] : Manifest;

/** A Secret with its values decoded. */
export interface LocalSecret {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  /** Values that are no text. */
  readonly binary?: Readonly<Record<string, Buffer>>;
}

export function loadManifests(file: string): Manifest[] {
  return parseManifests(readFileSync(file, 'utf8'));
}

export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => {
      if (document.errors.length > 0) { throw document.errors[0]!; }
      return document.toJS() as Manifest | null;
    })
    .filter((manifest) => manifest !== null);
}

export function findAll<K extends string>(documents: readonly Manifest[], kind: K): OfKind<K>[] {
  return documents.filter((document): document is OfKind<K> => document.kind === kind);
}

/** The only object of a kind (and name); more or fewer is an error. */
export function find<K extends string>(documents: readonly Manifest[], kind: K, name?: string): OfKind<K> {
  const found = findAll(documents, kind).filter((document) => name === undefined || document.metadata.name === name);
  if (found.length !== 1) {
    throw new Error(`expected one ${kind}${name === undefined ? '' : ` '${name}'`} among the documents, found ${found.length}`);
  }
  return found[0]!;
}
