import type { TrustTarget } from './trust-target';
import { labelSelectorFaults } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK, kubernetesFile } from '../engine/sources';

export const bundleSelectorInvalid: Rule<TrustTarget> = {
  id: 'bundle-selector-invalid',
  code: 'PGTLS-E29',
  title: 'invalid label selector in a Bundle',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK, kubernetesFile('staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go', 'ValidateLabelSelector')],
  check: ({ trust: { references, target } }, report) => {
    const selectors = [
      ...references.map(({ field, selector }) => ({ path: `${field}.selector`, selector })),
      { path: 'target.namespaceSelector', selector: target['namespaceSelector'] },
    ];
    for (const { path, selector } of selectors) {
      for (const { field, problem } of labelSelectorFaults(selector)) { report(`spec.${path}.${field}`, `${path} ${problem}`); }
    }
  },
  fix: 'use valid label keys and values; In and NotIn need values, Exists and DoesNotExist take none',
};
