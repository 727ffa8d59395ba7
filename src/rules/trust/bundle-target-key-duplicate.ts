import { type TargetKey, targetKeys } from './target-keys';
import type { TrustTarget } from './trust-target';
import { mapping, text } from '../../data';
import type { TrustNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';

export const bundleTargetKeyDuplicate: Rule<TrustTarget> = {
  id: 'bundle-target-key-duplicate',
  code: 'PGTLS-E26',
  title: 'two formats under the same key of a Bundle target',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ trust }, report) => {
    for (const { field, key } of outputs(trust).flatMap(secondUses)) { report(`spec.${field}`, `target: two formats are written to the key '${key}'`); }
  },
  fix: 'give each format its own key',
};

/** Lists of keys that must be distinct. Two targets are two objects, which may share a key. */
function outputs({ at: { kind }, isBundle, target, targetKinds }: TrustNode): ReadonlyArray<ReadonlyArray<TargetKey>> {
  const targets = targetKinds.map((targetKind) => targetKeys(kind, target, targetKind));
  if (!isBundle) { return targets; }
  const pem = new Map(targets.flat().map((output) => [output.key, output]));
  const formats = Object.entries(mapping(target['additionalFormats']))
    .map(([format, settings]) => ({ field: `target.additionalFormats.${format}.key`, key: text(mapping(settings)['key']) }));
  return [[...pem.values(), ...formats]];
}

/** The second use of each key. */
function secondUses(keys: ReadonlyArray<TargetKey>): TargetKey[] {
  return keys.filter(({ key }, index) => key !== '' && keys.slice(0, index).filter((other) => other.key === key).length === 1);
}
