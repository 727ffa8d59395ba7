import { mappings } from '../../data';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget } from './trust-shared';

export const bundleDefaultCasTwice: Rule<TrustTarget> = {
  id: 'bundle-default-cas-twice',
  code: 'PGTLS-E24',
  title: 'useDefaultCAs given more than once in a Bundle',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at: { kind, spec } }) => {
    const asked = kind === 'Bundle' ? mappings(spec['sources']).filter((source) => source['useDefaultCAs'] !== undefined).length : 0;
    return when(asked > 1, () => `useDefaultCAs is given ${asked} times in sources`);
  },
  fix: 'give useDefaultCAs once, or leave it out',
};
