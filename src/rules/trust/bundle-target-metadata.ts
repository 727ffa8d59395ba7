import { fieldOf } from './target-keys';
import type { TrustTarget } from './trust-target';
import { mapping, valueAt } from '../../data';
import { labelKeyError } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK, trustManagerFile } from '../engine/sources';

export const bundleTargetMetadata: Rule<TrustTarget> = {
  id: 'bundle-target-metadata',
  code: 'PGTLS-E27',
  title: 'reserved or invalid label or annotation key on a Bundle target',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK, trustManagerFile('deploy/crds/trust-manager.io_clusterbundles.yaml', 'reserves trust-manager.io/')],
  check: ({ at: { kind }, trust: { isBundle, target, targetKinds } }, report) => {
    if (kind === 'ConfigMap') { return; }
    const paths = targetKinds.flatMap((targetKind) => ['labels', 'annotations'].map((what) => `${fieldOf(targetKind)}.metadata.${what}`));
    for (const path of paths) {
      for (const key of Object.keys(mapping(valueAt(target, path)))) {
        const fault = isReserved(key, isBundle) ? `sets '${key}', which is reserved for trust-manager` : labelKeyError(key);
        if (fault !== undefined) { report(`spec.target.${path}['${key}']`, `target.${path} ${fault}`); }
      }
    }
  },
  fix: 'use a key with your own domain as its prefix',
};

/** A ClusterBundle reserves the newer domain only. */
function isReserved(key: string, isBundle: boolean): boolean {
  return key.startsWith('trust-manager.io/') || (isBundle && key.startsWith('trust.cert-manager.io/'));
}
