import type { TrustTarget } from './trust-target';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { trustManagerFile } from '../engine/sources';

export const bundleIncludesPrivateKey: Rule<TrustTarget> = {
  id: 'bundle-includes-private-key',
  code: 'PGTLS-E32',
  title: 'includeAllKeys on the Secret of a Certificate in a Bundle',
  consequence: Consequence.NEVER_READY,
  sources: [trustManagerFile('pkg/bundle/internal/source/source.go', 'includeAllKeys is not supported for Secrets of type kubernetes.io/tls')],
  check: ({ trust, manifests }, report) => {
    for (const { field, kind, includeAllKeys, name } of trust.references) {
      if (kind === 'Secret' && includeAllKeys && manifests.writersOf(manifests.assumptions.trustNamespace, name).length > 0) {
        report(`spec.${field}.includeAllKeys`, `${field} includes all keys of Secret '${name}', which contains a private key`);
      }
    }
  },
  fix: "set key 'ca.crt' instead of includeAllKeys",
};
