import { mappings, valueAt } from '../../data';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget } from './trust-shared';

export const bundleSourceCount: Rule<TrustTarget> = {
  id: 'bundle-source-count',
  code: 'PGTLS-E21',
  title: 'Bundle without sources or with more than 100 sources',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at: { kind, spec }, trust }) => {
    if (kind === 'ConfigMap') { return []; }
    const field = kind === 'Bundle' ? 'sources' : 'sourceRefs';
    const all = mappings(spec[field]);
    const used = kind === 'Bundle'
      ? all.filter((source) => source['useDefaultCAs'] !== false)
      : [...all, ...trust.inline, ...(valueAt(spec, 'defaultCAs.provider') === 'System' ? [''] : [])];
    return [
      ...when(used.length === 0, () => `${field}: the bundle has no source`),
      ...when(all.length > 100, () => `${field} has ${all.length} entries, the maximum is 100`),
    ];
  },
  fix: 'give 1 to 100 sources; one source may contain several PEM certificates',
};
