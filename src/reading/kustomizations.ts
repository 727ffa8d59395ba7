import { posix } from 'node:path';
import { isKustomizationFile } from './applied-kinds';
import { ContentsOf, isAbout, KustomizePatch, patchedWith, patchesOf } from './kustomize-patches';
import { NotCheckedReason } from './not-checked';
import { mapping, Mapping, mappings, memoizeByObject, strings, text } from '../data';

/** A kustomization, and the file that it is in. */
export interface Kustomization {
  readonly file: string;
  readonly content: Mapping;
}

/** The namespace that kustomizations give to the objects of a file: one, or several of which it cannot be known which. */
export type TransformedNamespace = { readonly namespace: string | undefined };

/** What patches make of an object in some of the sets that its file belongs to. */
export interface PatchedContent {
  readonly sets: ReadonlyArray<string>;
  /** Undefined if patches delete it, or if one of them cannot be applied here. */
  readonly content: Mapping | undefined;
  /** The kustomization of the patch that decided this. */
  readonly origin?: string;
  readonly isDeleted?: boolean;
}

/** What happens to a file on the way into a set. */
interface Way {
  readonly patches: ReadonlyArray<KustomizePatch>;
  /** Functions that add the prefix and suffix of kustomizations to a name, innermost last. */
  readonly affixes: ReadonlyArray<(name: string) => string>;
}

/** Whether a document is a kustomization or a component of one; in `kustomization.yaml` apiVersion and kind may be left out. */
export function isKustomization(file: string, content: Mapping): boolean {
  const apiVersion = text(content['apiVersion']);
  const kind = text(content['kind']);
  if (apiVersion.startsWith('kustomize.config.k8s.io/')) { return kind === 'Kustomization' || kind === 'Component' || kind === ''; }
  return apiVersion === '' && (kind === '' || kind === 'Kustomization') && isKustomizationFile(file);
}

/** What the kustomizations of the input do with its other files. */
export class Kustomizations {
  private readonly roles = new Map<string, NotCheckedReason>();
  private readonly namespaces = new Map<string, Set<string | undefined>>();
  private readonly sets = new Map<string, Set<string>>();
  private readonly byFolder = new Map<string, Kustomization[]>();
  private readonly ways = new Map<string, Map<string, Way>>();
  private readonly ownPatches: (kustomization: Kustomization) => ReadonlyArray<KustomizePatch>;

  /** @param contentsOf what is in a file, for patches */
  public constructor(kustomizations: ReadonlyArray<Kustomization>, contentsOf: ContentsOf = () => undefined) {
    this.ownPatches = memoizeByObject(({ file, content }: Kustomization) => patchesOf(normal(file), content, (path) => contentsOf(path)));
    const inner = new Set<string>();
    for (const kustomization of kustomizations) {
      const folder = folderOf(kustomization.file);
      this.byFolder.set(folder, [...this.byFolder.get(folder) ?? [], kustomization]);
      for (const [path, reason] of rolesIn(kustomization.content)) { this.roles.set(posix.join(folder, path), reason); }
      for (const resource of resourcesOf(kustomization.content)) { inner.add(posix.join(folder, resource)); }
    }
    for (const kustomization of kustomizations) {
      if (!inner.has(folderOf(kustomization.file))) { this.spread(kustomization, undefined, new Set(), `kustomization ${kustomization.file}`, { patches: [], affixes: [] }); }
    }
  }

  /** Why a file that a kustomization names is no manifest; undefined for its resources, and for files that none names. */
  public roleOf(file: string): NotCheckedReason | undefined {
    return this.roles.get(normal(file));
  }

  /** The namespace of the objects in a file, if a kustomization sets one. */
  public namespaceOf(file: string): TransformedNamespace | undefined {
    const namespaces = this.namespaces.get(normal(file));
    if (namespaces === undefined || [...namespaces].every((namespace) => namespace === undefined)) { return undefined; }
    return { namespace: namespaces.size === 1 ? [...namespaces][0] : undefined };
  }

  /**
   * The sets of manifests that a file belongs to: one for each kustomization that leads to it and that no other one leads to, or else that of its folder.
   *
   * A repository has overlays and examples side by side, which are never applied together.
   */
  public setsOf(file: string): ReadonlyArray<string> {
    const sets = this.sets.get(normal(file));
    return sets === undefined ? [isFile(file) ? `folder ${folderOf(file)}` : file] : [...sets];
  }

  /** Whether a kustomization leads to a file. */
  public leadsTo(file: string): boolean {
    return this.sets.has(normal(file));
  }

  /** An object of a file as its kustomizations apply it: one for each result of their patches. */
  public patched(file: string, content: Mapping): ReadonlyArray<PatchedContent> {
    const ways = this.ways.get(normal(file));
    if (ways === undefined) { return [{ sets: this.setsOf(file), content }]; }
    const { name, namespace } = mapping(content['metadata']);
    const namespaces = [text(namespace), ...[...this.namespaces.get(normal(file)) ?? []].filter((given) => given !== undefined)];
    const results = new Map<string, { sets: string[]; patches: ReadonlyArray<{ readonly patch: KustomizePatch; readonly isKnown: boolean }> }>();
    const numbers = new Map<KustomizePatch, number>();
    for (const set of this.setsOf(file)) {
      const { patches, affixes } = ways.get(set) ?? { patches: [], affixes: [] };
      const names = [...affixes].reverse().reduce((known, affix) => [...known, affix(known.at(-1)!)], [text(name)]);
      const own = patches.flatMap((patch) => {
        const answer = isAbout({ content, names, namespaces }, patch);
        return answer === false ? [] : [{ patch, isKnown: answer === true }];
      });
      const key = own.map(({ patch }) => numberOf(numbers, patch)).join(' ');
      const result = results.get(key);
      if (result === undefined) { results.set(key, { sets: [set], patches: own }); } else { result.sets.push(set); }
    }
    return [...results.values()].map(({ sets, patches }) => ({ sets, ...afterPatches(content, patches) }));
  }

  /** The namespace of an outer kustomization replaces that of an inner one; its patches are applied after those of the inner one. */
  private spread(kustomization: Kustomization, outer: string | undefined, above: ReadonlySet<Kustomization>, set: string, after: Way): void {
    const folder = folderOf(kustomization.file);
    const own = text(kustomization.content['namespace']);
    // Of another program, which fills in the output.
    const namespace = outer ?? (own === '' || isPlaceholder(own) ? undefined : own);
    // Objects beside it in one text: the output of several programs, put together.
    const components = pathsIn(kustomization.content, 'components').map((path) => posix.join(folder, path));
    const ofComponents = components.map((path) => this.componentPatches(path, new Set([...above, kustomization])));
    const ofOwn = [...this.ownPatches(kustomization), ...after.patches];
    const affixes = [...after.affixes, ...affixOf(kustomization.content)];
    for (const path of ['', ...resourcesOf(kustomization.content)]) {
      const target = path === '' ? normal(kustomization.file) : posix.join(folder, path);
      addTo(this.namespaces, target, namespace);
      addTo(this.sets, target, set);
      if (path === '') { continue; }
      // A component changes what was read before it: the resources, and earlier components.
      const way = { patches: [...ofComponents.slice(components.indexOf(target) + 1).flat(), ...ofOwn], affixes };
      if (way.patches.length > 0) { this.ways.set(target, (this.ways.get(target) ?? new Map<string, Way>()).set(set, way)); }
      for (const nested of this.byFolder.get(target) ?? []) {
        if (nested !== kustomization && !above.has(nested)) { this.spread(nested, namespace, new Set([...above, kustomization]), innerSet(set, nested.content), way); }
      }
    }
  }

  private componentPatches(folder: string, above: ReadonlySet<Kustomization>): ReadonlyArray<KustomizePatch> {
    return (this.byFolder.get(folder) ?? []).filter((component) => !above.has(component)).flatMap((component) => [
      ...pathsIn(component.content, 'components').flatMap((path) => this.componentPatches(posix.join(folder, path), new Set([...above, component]))),
      ...this.ownPatches(component),
    ]);
  }
}

function afterPatches(content: Mapping, patches: ReadonlyArray<{ readonly patch: KustomizePatch; readonly isKnown: boolean }>): Omit<PatchedContent, 'sets'> {
  let current = content;
  for (const { patch, isKnown } of patches) {
    const result = isKnown ? patchedWith(current, patch) : undefined;
    if (result === undefined || result === 'deleted') { return { content: undefined, origin: patch.origin, isDeleted: result === 'deleted' }; }
    current = result;
  }
  return patches.length === 0 ? { content } : { content: current, origin: patches.at(-1)!.patch.origin };
}

function numberOf(numbers: Map<KustomizePatch, number>, patch: KustomizePatch): number {
  const known = numbers.get(patch) ?? numbers.size;
  numbers.set(patch, known);
  return known;
}

function affixOf({ namePrefix, nameSuffix }: Mapping): ((name: string) => string)[] {
  const [prefix, suffix] = [text(namePrefix), text(nameSuffix)];
  return prefix === '' && suffix === '' ? [] : [(name) => `${prefix}${name}${suffix}`];
}

function isPlaceholder(namespace: string): boolean {
  return /[^a-z0-9-]/.test(namespace) && /[{(<$@]|[A-Z]{4}/.test(namespace);
}

function resourcesOf(content: Mapping): string[] {
  return ['resources', 'bases', 'components'].flatMap((field) => pathsIn(content, field)).filter((path) => path !== '' && path !== '.');
}

/** Paths as `posix.join` writes those of folders: without a slash at the end. */
function pathsIn(content: Mapping, field: string): string[] {
  return strings(content[field]).map((path) => path.replace(/(?<!\/)\/{1,9}$/, ''));
}

/** Files that a kustomization names for another use than as resources. */
function rolesIn(content: Mapping): (readonly [string, NotCheckedReason])[] {
  const named = (reason: NotCheckedReason, ...paths: unknown[]) => strings(paths).filter((path) => !path.includes('\n')).map((path) => [path, reason] as const);
  const pathsOf = (field: string) => mappings(content[field]).map(({ path }) => path);
  const listed = (field: string) => strings(content[field]);
  return [
    ...named(NotCheckedReason.PATCH, ...pathsOf('patches'), ...pathsOf('patchesJson6902'), ...listed('patchesStrategicMerge')),
    ...named(NotCheckedReason.KUSTOMIZATION, ...listed('configurations'), ...listed('generators'), ...listed('transformers'), ...listed('validators'), ...pathsOf('replacements'), mapping(content['openapi'])['path']),
    ...named(NotCheckedReason.CHART, ...mappings(content['helmCharts']).flatMap(({ valuesFile, additionalValuesFiles }) => [valuesFile, ...strings(additionalValuesFiles)])),
    ...named(NotCheckedReason.CONFIGURATION, ...['configMapGenerator', 'secretGenerator'].flatMap((field) => mappings(content[field])).flatMap(({ files, envs, env }) =>
      [...strings(files).map((file) => file.split('=').at(-1)), ...strings(envs), env])),
  ];
}

/** An inner kustomization that gives its objects other names has them apart from those of the outer one. */
function innerSet(outer: string, { namePrefix, nameSuffix }: Mapping): string {
  const [prefix, suffix] = [text(namePrefix), text(nameSuffix)];
  return prefix === '' && suffix === '' ? outer : `${outer} ${prefix}*${suffix}`;
}

function addTo<Value>(groups: Map<string, Set<Value>>, key: string, value: Value): void {
  groups.set(key, (groups.get(key) ?? new Set<Value>()).add(value));
}

/** Standard input, `<stdin>`, is in no folder. */
function isFile(name: string): boolean {
  return !name.startsWith('<');
}

function normal(file: string): string {
  return posix.normalize(file.replaceAll('\\', '/'));
}

function folderOf(file: string): string {
  return posix.dirname(normal(file));
}
