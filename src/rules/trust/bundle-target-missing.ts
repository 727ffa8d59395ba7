import { fieldOf, targetKeys } from './target-keys';
import type { TrustTarget } from './trust-target';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_SCHEMA, trustManagerFile } from '../engine/sources';

export const bundleTargetMissing: Rule<TrustTarget> = {
  id: 'bundle-target-missing',
  code: 'PGTLS-E25',
  title: 'Bundle without target, target key or namespaceSelector',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_SCHEMA, trustManagerFile('deploy/crds/trust-manager.io_clusterbundles.yaml')],
  check: ({ at: { kind }, trust: { target, targetKinds } }, report) => {
    if (kind === 'ConfigMap') { return; }
    if (targetKinds.length === 0) { report('spec.target', 'target has neither configMap nor secret'); }
    for (const targetKind of targetKinds) {
      const missing = targetKeys(kind, target, targetKind).find(({ key }) => key === '');
      if (missing !== undefined) { report(`spec.${missing.field}`, `target.${fieldOf(targetKind)} has no key`); }
    }
    if (kind === 'ClusterBundle' && targetKinds.length > 0 && target['namespaceSelector'] === undefined) {
      report('spec.target.namespaceSelector', 'target.namespaceSelector is missing');
    }
  },
  fix: 'give target.configMap or target.secret with a key; a ClusterBundle also needs target.namespaceSelector ({} selects every namespace)',
};
