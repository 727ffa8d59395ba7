import type { FieldPath } from './complete-yaml';
import { Mapping, mapping, text } from '../data';

/** An object of a document, and the place of it there. */
export interface ListItem {
  readonly content: unknown;
  readonly path: FieldPath;
}

/**
 * The objects of a document: itself, or the items of a list of any kind (`List`, `CertificateList`), at any depth.
 *
 * Items of a typed list that have no kind have that of the list, as the API server prints them. Source: apimachinery, unstructured/helpers.go, decodeToList.
 */
export function listItems(content: unknown, path: FieldPath = []): ListItem[] {
  const { kind, apiVersion, items } = mapping(content);
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) { return [{ content, path }]; }
  const itemKind = kind.slice(0, -'List'.length);
  return items.flatMap((item, index) => {
    const isTyped = itemKind !== '' && text(mapping(item)['kind']) === '' && text(mapping(item)['apiVersion']) === '' && mapping(item) === item;
    return listItems(isTyped ? { apiVersion, kind: itemKind, ...item as Mapping } : item, [...path, 'items', index]);
  });
}
