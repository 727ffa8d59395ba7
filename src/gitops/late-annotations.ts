import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isIrreplaceable } from './irreplaceable';
import { isInIssuance } from './sync-waves';
import { mapping, type Mapping, text } from '../data';
import { toManifest, type Manifest } from '../kubernetes';
import { TreeValidation } from '../verification';

/** An object of the tree, as far as it is known before it is written: without `spec`, which is costly to make. */
export interface EarlyObject {
  readonly object: ApiObject;
  /** API version, kind and metadata. */
  readonly manifest: Manifest;
}

/** The value of an annotation, given the one that is there; undefined to leave it as it is. */
export type AnnotationValue = (known: string | undefined) => string | undefined;

/** What is annotated: an object, the annotation and its value. */
export type Annotate = (object: EarlyObject, name: string, value: AnnotationValue) => void;

/** Values that were written here, so that they change with the tree; all others are the user's. */
const written = new WeakMap<ApiObject, Map<string, { readonly before: string | undefined; readonly value: string }>>();

/** Annotates the objects at and below a construct each time before they are checked and written: also those that are added later. */
export function annotateLate(scope: IConstruct, step: (objects: ReadonlyArray<EarlyObject>, annotate: Annotate) => void): void {
  TreeValidation.of(scope).prepare(() => { step(earlyObjects(scope), annotate); });
}

/** Annotates the objects that no other object can make again. */
export function annotateIrreplaceable(scope: IConstruct, name: string, value: AnnotationValue): void {
  annotateLate(scope, (objects, annotate) => {
    for (const early of objects) {
      const { group, kind } = early.manifest;
      if (isIrreplaceable(isInIssuance(group, kind) ? rendered(early) : early.manifest)) { annotate(early, name, value); }
    }
  });
}

/** The whole object. */
export function rendered({ object }: EarlyObject): Manifest {
  return toManifest(object.node.path, object.toJson() as Mapping);
}

/** The annotations of an object so far. */
export function annotationsOf({ manifest: { manifest } }: EarlyObject): Mapping {
  return mapping(mapping(manifest['metadata'])['annotations']);
}

function earlyObjects(scope: IConstruct): EarlyObject[] {
  return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct)).map((object) => {
    const { apiVersion, kind, name, metadata } = object;
    return { object, manifest: toManifest(object.node.path, { apiVersion, kind, metadata: { ...metadata.toJson() as object, name } }) };
  });
}

function annotate(early: EarlyObject, name: string, valueOf: AnnotationValue): void {
  const { object } = early;
  const known = annotationsOf(early)[name];
  const ours = written.get(object)?.get(name);
  const before = ours !== undefined && known === ours.value ? ours.before : known === undefined ? undefined : text(known);
  const value = valueOf(before);
  if (value === undefined || value === known) { return; }
  object.metadata.addAnnotation(name, value);
  written.set(object, new Map(written.get(object)).set(name, { before, value }));
  TreeValidation.forget(object);
}
