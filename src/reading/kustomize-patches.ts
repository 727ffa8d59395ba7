import { posix } from 'node:path';
import { applyJsonPatch } from './json-patch';
import { isJsonPatch } from './partial-objects';
import { isNamed, isTargeted, PatchedObject } from './patch-target';
import { documentsOf } from './source-document';
import { SourceText } from './source-text';
import { Merged, strategicMerge } from './strategic-merge';
import { mapping, Mapping, mappings, strings } from '../data';

/** A patch of a kustomization. */
export interface KustomizePatch {
  /** The file of the kustomization. */
  readonly origin: string;
  /** Which objects it changes; a strategic merge patch without it names one itself. */
  readonly target?: Mapping;
  /** Operations of a JSON patch, or fields that are merged; undefined if it cannot be read. */
  readonly body: ReadonlyArray<Mapping> | Mapping | undefined;
}

/** The values in the documents of a file of the input; undefined if it is not in the input or cannot be read. */
export type ContentsOf = (file: string) => ReadonlyArray<unknown> | undefined;

/** The patches in a kustomization, in the order in which Kustomize applies them. Source: Kustomize, api/internal/target/kusttarget_configplugin.go */
export function patchesOf(origin: string, content: Mapping, contentsOf: ContentsOf): KustomizePatch[] {
  const folder = posix.dirname(origin);
  const read = (entry: unknown, isText: boolean, target?: Mapping): KustomizePatch[] => {
    if (typeof entry !== 'string' || entry === '') { return []; }
    const contents = isText ? contentsIn(origin, entry) : contentsOf(posix.join(folder, entry));
    const bodies = contents === undefined ? [undefined] : contents.filter((value) => value !== null).map(bodyOf);
    return bodies.filter((body) => body !== undefined || target !== undefined).map((body) => ({ origin, body, ...(target === undefined ? {} : { target }) }));
  };
  const placed = (field: string) => mappings(content[field]).flatMap(({ target, patch, path }) =>
    read(patch ?? path, patch !== undefined, mapping(target) === target ? mapping(target) : undefined));
  return [...strings(content['patchesStrategicMerge']).flatMap((entry) => read(entry, isInline(entry))), ...placed('patches'), ...placed('patchesJson6902')];
}

/** Whether a patch changes an object; undefined if that is not known. */
export function isAbout(object: PatchedObject, { target, body }: KustomizePatch): boolean | undefined {
  if (target !== undefined) { return isTargeted(object, target); }
  return body !== undefined && !isOperations(body) && isNamed(object, body);
}

/** What a patch makes of an object; undefined if it cannot be applied. */
export function patchedWith(content: Mapping, { body }: KustomizePatch): Merged {
  if (body === undefined) { return undefined; }
  if (!isOperations(body)) { return strategicMerge(content, withoutIdentity(body)); }
  const result = applyJsonPatch(content, body);
  return mapping(result) === result ? mapping(result) : undefined;
}

function isOperations(body: ReadonlyArray<Mapping> | Mapping): body is ReadonlyArray<Mapping> {
  return Array.isArray(body);
}

/** `patchesStrategicMerge` has paths and texts: a path is one line, and does not begin as a mapping or list of JSON. */
function isInline(entry: string): boolean {
  return entry.includes('\n') || /^\s*[[{]/.test(entry);
}

function contentsIn(origin: string, patch: string): unknown[] | undefined {
  const documents = [...documentsOf(new SourceText(origin, patch))];
  return documents.some(({ error }) => error !== undefined) ? undefined : documents.map(({ value }) => value).filter((value) => value !== undefined);
}

function bodyOf(value: unknown): KustomizePatch['body'] {
  if (isJsonPatch(value)) { return mappings(value); }
  return mapping(value) === value ? mapping(value) : undefined;
}

/** Kustomize keeps kind and name, unless an option allows to change them. */
function withoutIdentity({ apiVersion: _version, kind: _kind, metadata, ...rest }: Mapping): Mapping {
  const { name: _name, namespace: _namespace, ...kept } = mapping(metadata);
  return Object.keys(kept).length === 0 ? rest : { ...rest, metadata: kept };
}
