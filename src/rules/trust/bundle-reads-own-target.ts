import { text, valueAt } from '../../data';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget, fieldOf } from './trust-shared';

export const bundleReadsOwnTarget: Rule<TrustTarget> = {
  id: 'bundle-reads-own-target',
  code: 'PGTLS-E28',
  title: 'Bundle reads its own target',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at: { kind, name }, trust: { references, target, targetKinds } }) => references
    .filter((reference) => kind === 'Bundle' && reference.name === name && targetKinds.includes(reference.kind)
      && reference.key === text(valueAt(target, `${fieldOf(reference.kind)}.key`)))
    .map((reference) => `${reference.field} is the target of the bundle itself, ${reference.kind} '${name}'`),
  fix: 'give the bundle another name: its target has the name of the bundle in every namespace',
};
