import type { TrustTarget } from './trust-target';
import { mappings } from '../../data';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_SCHEMA, BUNDLE_WEBHOOK } from '../engine/sources';

const SOURCE_TYPES = ['configMap', 'secret', 'inLine', 'useDefaultCAs'];

export const bundleSourceType: Rule<TrustTarget> = {
  id: 'bundle-source-type',
  code: 'PGTLS-E20',
  title: 'Bundle source without exactly one source type',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_SCHEMA, BUNDLE_WEBHOOK],
  check: ({ at: { spec }, trust }, report) => {
    for (const [index, source] of (trust.isBundle ? mappings(spec['sources']) : []).entries()) {
      const types = SOURCE_TYPES.filter((type) => source[type] !== undefined);
      if (types.length !== 1) {
        report(`spec.sources[${index}]`, `sources[${index}] has ${types.length === 0 ? 'no source type' : `several source types: ${types.join(', ')}`}`);
      }
    }
  },
  fix: `give each entry exactly one of ${SOURCE_TYPES.join(', ')}`,
};
