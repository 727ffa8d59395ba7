import type { TrustTarget } from './trust-target';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_SCHEMA, BUNDLE_WEBHOOK } from '../engine/sources';

export const bundleSourceNameAndSelector: Rule<TrustTarget> = {
  id: 'bundle-source-name-and-selector',
  code: 'PGTLS-E22',
  title: 'Bundle source with both name and selector, or with neither',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_SCHEMA, BUNDLE_WEBHOOK],
  check: ({ trust }, report) => {
    for (const { field, name, selector } of trust.references) {
      if (name === '' && selector === undefined) { report(`spec.${field}`, `${field} has neither name nor selector`); }
      if (name !== '' && selector !== undefined) { report(`spec.${field}`, `${field} has both name '${name}' and selector`); }
    }
  },
  fix: 'set name to read one object, or selector to read objects by label',
};
