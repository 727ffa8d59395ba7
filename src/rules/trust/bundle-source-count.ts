import type { TrustTarget } from './trust-target';
import { mappings, valueAt } from '../../data';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_SCHEMA, BUNDLE_WEBHOOK } from '../engine/sources';

export const bundleSourceCount: Rule<TrustTarget> = {
  id: 'bundle-source-count',
  code: 'PGTLS-E21',
  title: 'Bundle without sources or with more than 100 sources',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK, BUNDLE_SCHEMA],
  check: ({ at: { kind, spec }, trust }, report) => {
    if (kind === 'ConfigMap') { return; }
    const field = trust.isBundle ? 'sources' : 'sourceRefs';
    const all = mappings(spec[field]);
    const used = trust.isBundle
      ? all.filter((source) => source['useDefaultCAs'] !== false)
      : [...all, ...trust.inline, ...(valueAt(spec, 'defaultCAs.provider') === 'System' ? [''] : [])];
    if (used.length === 0) { report(`spec.${field}`, `${field}: the bundle has no source`); }
    if (all.length > 100) { report(`spec.${field}`, `${field} has ${all.length} entries, the maximum is 100`); }
  },
  fix: 'give 1 to 100 sources; one source may contain several PEM certificates',
};
