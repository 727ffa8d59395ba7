import { groupBy, mapping, Mapping, memoizeByObject, text } from '../data';

/** One manifest as it will be written, with its identity and where findings about it point. */
export interface Manifest {
  /** A construct path, or a place in a file. */
  readonly path: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined if it is not set, or if the kind is cluster-scoped. */
  readonly namespace: string | undefined;
  readonly manifest: Mapping;
  readonly spec: Mapping;
  /** The file that it was read from. */
  readonly file?: string;
  /** Names of the sets that it is applied in, where an input has alternatives that are never applied together; undefined where all of it is one set. */
  readonly sets?: ReadonlyArray<string>;
  /** Where its fields stand, for a manifest that was read from a text. An object and no closure, of which each takes half a kilobyte. */
  readonly places?: FieldPlaces;
  /** What installs it, where no manifest of the input shows it: it follows from the values of a chart, or another repository defines it. */
  readonly installedBy?: Installation;
}

/** The manifest that has a chart installed, for an object that the chart renders. */
export interface Installation {
  readonly release: Manifest;
  /** The field of the release that a field of the object is made from; undefined where the chart alone decides. */
  readonly fieldOf: (field: string) => string | undefined;
}

/** Where the fields of an object stand in a text. */
export interface FieldPlaces {
  locate(path: ReadonlyArray<string | number>): TextLocation;
}

/** A place in a text. */
export interface TextLocation {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** The target of a rule, with the manifest that its findings are about. */
export interface Located {
  readonly at: Manifest;
}

/** A field of an object, for findings about another object than the target of their rule. */
export interface ObjectField extends Located {
  readonly field: string;
}

/** Cluster-scoped kinds: cdk8s sets the namespace of the chart on them as well, because it does not distinguish them. */
const CLUSTER_SCOPED = new Set([
  'Bundle', 'CertificateRequestPolicy', 'ClusterBundle', 'ClusterIssuer', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'Namespace',
  'PersistentVolume', 'PriorityClass', 'StorageClass',
]);

/** Whether objects of a kind are outside all namespaces, by the name of the kind. */
export function isClusterScoped(kind: string): boolean {
  return CLUSTER_SCOPED.has(kind);
}

export function toManifest(path: string, manifest: Mapping): Manifest {
  const [version, group = ''] = text(manifest['apiVersion']).split('/').reverse();
  const kind = text(manifest['kind']);
  const { name, namespace } = mapping(manifest['metadata']);
  return {
    path,
    group,
    version: version!,
    kind,
    name: text(name),
    namespace: isClusterScoped(kind) || text(namespace) === '' ? undefined : text(namespace),
    manifest,
    spec: mapping(manifest['spec']),
  };
}

/** An object that another repository defines: a finding about one of its fields belongs to that repository. */
export function definedElsewhere(manifest: Manifest): Manifest {
  return { ...manifest, installedBy: { release: manifest, fieldOf: () => undefined } };
}

/** Whether two objects may be applied together. */
export function areTogether({ sets: ofOne }: Manifest, { sets: ofOther }: Manifest): boolean {
  return ofOne === undefined || ofOther === undefined || ofOne.some((set) => ofOther.includes(set));
}

/** What a reference of an object leads to, among candidates of the name: those that are applied together with it, or else all of them. */
export function appliedWith<Candidate extends Manifest | Located>(candidates: ReadonlyArray<Candidate>, at: Manifest | undefined): ReadonlyArray<Candidate> {
  if (candidates.length < 2 || at?.sets === undefined) { return candidates; }
  // Every folder of a repository may have an object of the name: candidates are not searched for each of them.
  const near = at.sets.length === 1 ? bySet(candidates).get(at.sets[0]!) as ReadonlyArray<Candidate> | undefined
    : candidates.filter((candidate) => areTogether(manifestOf(candidate), at));
  return near === undefined || near.length === 0 ? candidates : near;
}

const bySet = memoizeByObject((candidates: ReadonlyArray<Manifest | Located>): ReadonlyMap<string, ReadonlyArray<Manifest | Located>> => {
  const entries = groupBy(candidates.flatMap((candidate) => (manifestOf(candidate).sets ?? []).map((set) => ({ set, candidate }))), ({ set }) => set);
  return new Map([...entries].map(([set, those]) => [set, those.map(({ candidate }) => candidate)]));
});

function manifestOf(candidate: Manifest | Located): Manifest {
  return 'at' in candidate ? candidate.at : candidate;
}

/** An object's identity in a cluster: group, kind, namespace and name (the version does not matter). */
export function identity({ group, kind, namespace = '', name }: Manifest): string {
  return [group, kind, namespace, name].join('/');
}

/** `Certificate 'db'`, as messages name an object. */
export function displayName({ kind, name }: Pick<Manifest, 'kind' | 'name'>): string {
  return `${kind} '${name}'`;
}

/** ` in namespace 'demo'`, or an empty string if there is no namespace. */
export function inNamespace(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` in namespace '${namespace}'`;
}
