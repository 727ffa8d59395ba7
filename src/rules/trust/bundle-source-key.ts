import type { TrustTarget } from './trust-target';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';

export const bundleSourceKey: Rule<TrustTarget> = {
  id: 'bundle-source-key',
  code: 'PGTLS-E23',
  title: 'Bundle source with both key and includeAllKeys, or with neither',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ trust: { isBundle, references } }, report) => {
    for (const { field, key, includeAllKeys } of references) {
      // A ClusterBundle has no includeAllKeys.
      if (key === '' && !includeAllKeys) { report(isBundle ? `spec.${field}` : `spec.${field}.key`, `${field} has no key`); }
      if (key !== '' && includeAllKeys) { report(`spec.${field}`, `${field} has both key '${key}' and includeAllKeys`); }
    }
  },
  fix: 'set key to the key that contains the certificates, or includeAllKeys if every key contains certificates',
};
