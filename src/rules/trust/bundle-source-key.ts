import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget } from './trust-shared';

export const bundleSourceKey: Rule<TrustTarget> = {
  id: 'bundle-source-key',
  code: 'PGTLS-E23',
  title: 'Bundle source with both key and includeAllKeys, or with neither',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ trust }) => trust.references.flatMap(({ field, key, includeAllKeys }) => [
    ...when(key === '' && !includeAllKeys, () => `${field} has no key`),
    ...when(key !== '' && includeAllKeys, () => `${field} has both key '${key}' and includeAllKeys`),
  ]),
  fix: 'set key to the key that contains the certificates, or includeAllKeys if every key contains certificates',
};
