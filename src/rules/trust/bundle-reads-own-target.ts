import { fieldOf } from './target-keys';
import type { TrustTarget } from './trust-target';
import { text, valueAt } from '../../data';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';

export const bundleReadsOwnTarget: Rule<TrustTarget> = {
  id: 'bundle-reads-own-target',
  code: 'PGTLS-E28',
  title: 'Bundle reads its own target',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at, trust: { isBundle, references, target, targetKinds } }, report) => {
    for (const { field, kind, name, key } of references) {
      if (isBundle && name === at.name && targetKinds.includes(kind) && key === text(valueAt(target, `${fieldOf(kind)}.key`))) {
        report(`spec.${field}`, `${field} is the target of the bundle itself, ${kind} '${name}'`);
      }
    }
  },
  fix: 'give the bundle another name: its target has the name of the bundle in every namespace',
};
