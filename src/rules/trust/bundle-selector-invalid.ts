import { labelSelectorFaults } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { TrustTarget } from './trust-shared';

export const bundleSelectorInvalid: Rule<TrustTarget> = {
  id: 'bundle-selector-invalid',
  code: 'PGTLS-E29',
  title: 'invalid label selector in a Bundle',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'apimachinery, ValidateLabelSelector',
  check: ({ trust: { references, target } }) => [
    ...references.flatMap(({ field, selector }) => labelSelectorFaults(selector).map((fault) => `${field}.selector ${fault}`)),
    ...labelSelectorFaults(target['namespaceSelector']).map((fault) => `target.namespaceSelector ${fault}`),
  ],
  fix: 'use valid label keys and values; In and NotIn need values, Exists and DoesNotExist take none',
};
