import { mapping, valueAt } from '../../data';
import { labelKeyFaults } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { BUNDLE_WEBHOOK } from '../engine/sources';
import { TrustTarget, fieldOf } from './trust-shared';

const RESERVED = ['trust.cert-manager.io/', 'trust-manager.io/'];

export const bundleTargetMetadata: Rule<TrustTarget> = {
  id: 'bundle-target-metadata',
  code: 'PGTLS-E27',
  title: 'reserved or invalid label or annotation key on a Bundle target',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [BUNDLE_WEBHOOK],
  check: ({ at: { kind }, trust: { target, targetKinds } }) => (kind === 'ConfigMap' ? [] : targetKinds.map(fieldOf)).flatMap((field) =>
    ['labels', 'annotations'].flatMap((what) => Object.keys(mapping(valueAt(target, `${field}.metadata.${what}`))).flatMap((key) => {
      if (reserved(kind).some((prefix) => key.startsWith(prefix))) { return [`target.${field}.metadata.${what} sets '${key}', which is reserved for trust-manager`]; }
      return labelKeyFaults(key).map((fault) => `target.${field}.metadata.${what} ${fault}`);
    }))),
  fix: 'use a key with your own domain as its prefix',
};

/** The v1alpha2 webhook reserves the newer domain only. */
function reserved(kind: string): string[] {
  return kind === 'Bundle' ? RESERVED : ['trust-manager.io/'];
}
