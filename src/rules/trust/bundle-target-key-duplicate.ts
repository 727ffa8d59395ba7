import { duplicates, mapping, text } from '../../data';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget, fieldOf, targetKeys } from './trust-shared';

export const bundleTargetKeyDuplicate: Rule<TrustTarget> = {
  id: 'bundle-target-key-duplicate',
  code: 'PGTLS-E26',
  title: 'two formats under the same key of a Bundle target',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at: { kind }, trust: { target, targetKinds } }) => {
    const formats = Object.values(mapping(target['additionalFormats'])).map((format) => text(mapping(format)['key']));
    const pem = new Set(targetKinds.flatMap((name) => targetKeys(kind, mapping(target[fieldOf(name)]))));
    // A key that two targets share is fine, they are two objects.
    const twice = kind === 'Bundle'
      ? duplicates([...pem, ...formats])
      : targetKinds.flatMap((name) => duplicates(targetKeys(kind, mapping(target[fieldOf(name)]))));
    return twice.filter((key) => key !== '').map((key) => `target: two formats are written to the key '${key}'`);
  },
  fix: 'give each format its own key',
};
