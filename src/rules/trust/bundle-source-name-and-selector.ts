import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget } from './trust-shared';

export const bundleSourceNameAndSelector: Rule<TrustTarget> = {
  id: 'bundle-source-name-and-selector',
  code: 'PGTLS-E22',
  title: 'Bundle source with both name and selector, or with neither',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ trust }) => trust.references.flatMap(({ field, name, selector }) => [
    ...when(name === '' && selector === undefined, () => `${field} has neither name nor selector`),
    ...when(name !== '' && selector !== undefined, () => `${field} has both name '${name}' and selector`),
  ]),
  fix: 'set name to read one object, or selector to read objects by label',
};
