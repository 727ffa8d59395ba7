import { mappings } from '../../data';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget } from './trust-shared';

const SOURCE_KINDS = ['configMap', 'secret', 'inLine', 'useDefaultCAs'];

export const bundleSourceType: Rule<TrustTarget> = {
  id: 'bundle-source-type',
  code: 'PGTLS-E20',
  title: 'Bundle source without exactly one source type',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at: { kind, spec } }) => (kind === 'Bundle' ? mappings(spec['sources']) : []).flatMap((source, index) => {
    const kinds = SOURCE_KINDS.filter((name) => source[name] !== undefined);
    return when(kinds.length !== 1, () => `sources[${index}] has ${kinds.length === 0 ? 'no source type' : `several source types: ${kinds.join(', ')}`}`);
  }),
  fix: `give each entry exactly one of ${SOURCE_KINDS.join(', ')}`,
};
