import { type Mapping, mapping, mappings, text } from '../../data';

/** A key of the object that trust-manager writes. */
export interface TargetKey {
  /** For example `target.configMap.key`. */
  readonly field: string;
  /** Empty where it is missing. */
  readonly key: string;
}

/** The field of a kind of target or source: `configMap` or `secret`. */
export function fieldOf(kind: string): string {
  return kind === 'Secret' ? 'secret' : 'configMap';
}

/** The keys of one target. A v1alpha1 target has one key, a v1alpha2 target a list of keys. */
export function targetKeys(kind: string, target: Mapping, targetKind: string): TargetKey[] {
  const field = `target.${fieldOf(targetKind)}`;
  const { key, data } = mapping(target[fieldOf(targetKind)]);
  if (kind === 'Bundle') { return [{ field: `${field}.key`, key: text(key) }]; }
  const keys = mappings(data).map((entry, index) => ({ field: `${field}.data[${index}].key`, key: text(entry['key']) }));
  return keys.length > 0 ? keys : [{ field: `${field}.data`, key: '' }];
}
