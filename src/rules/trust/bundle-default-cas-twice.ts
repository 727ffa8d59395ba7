import type { TrustTarget } from './trust-target';
import { mappings } from '../../data';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';

export const bundleDefaultCasTwice: Rule<TrustTarget> = {
  id: 'bundle-default-cas-twice',
  code: 'PGTLS-E24',
  title: 'useDefaultCAs given more than once in a Bundle',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at: { spec }, trust }, report) => {
    const given = (trust.isBundle ? mappings(spec['sources']) : []).flatMap((source, index) => (source['useDefaultCAs'] === undefined ? [] : [index]));
    if (given.length > 1) { report(`spec.sources[${given[1]}].useDefaultCAs`, `useDefaultCAs is given ${given.length} times in sources`); }
  },
  fix: 'give useDefaultCAs once, or leave it out',
};
