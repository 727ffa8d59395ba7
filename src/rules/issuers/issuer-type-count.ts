import { isGiven } from '../../data';
import { ISSUER_TYPES, type IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const issuerTypeCount: Rule<IssuerNode> = {
  id: 'issuer-type-count',
  code: 'PGTLS-I01',
  title: 'issuer without exactly one issuer type',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ at: { manifest }, types }, report) => {
    // Without a spec the schema rule already rejects it.
    if (isGiven(manifest['spec']) && types.length === 0) { report('spec', `spec has none of the issuer types ${ISSUER_TYPES.join(', ')}`); }
    if (types.length > 1) { report('spec', `spec has several issuer types: ${types.join(' and ')}`); }
  },
  fix: 'set exactly one type, and use a separate issuer for each other type',
};
