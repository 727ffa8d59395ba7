import { mapping } from '../../data';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget, fieldOf, targetKeys } from './trust-shared';

export const bundleTargetMissing: Rule<TrustTarget> = {
  id: 'bundle-target-missing',
  code: 'PGTLS-E25',
  title: 'Bundle without target, target key or namespaceSelector',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at: { kind }, trust: { target, targetKinds } }) => (kind === 'ConfigMap' ? [] : [
    ...when(targetKinds.length === 0, () => 'target has neither configMap nor secret'),
    ...targetKinds.map(fieldOf).filter((field) => targetKeys(kind, mapping(target[field])).some((key) => key === ''))
      .map((field) => `target.${field} has no key`),
    ...when(kind === 'ClusterBundle' && targetKinds.length > 0 && target['namespaceSelector'] === undefined, () => 'target.namespaceSelector is missing'),
  ]),
  fix: 'give target.configMap or target.secret with a key; a ClusterBundle also needs target.namespaceSelector ({} selects every namespace)',
};
