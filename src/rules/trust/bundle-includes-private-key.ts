import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { TrustTarget } from './trust-shared';

export const bundleIncludesPrivateKey: Rule<TrustTarget> = {
  id: 'bundle-includes-private-key',
  code: 'PGTLS-E32',
  title: 'includeAllKeys on the Secret of a Certificate in a Bundle',
  consequence: Consequence.NEVER_READY,
  source: 'trust-manager pkg/bundle/internal/source: includeAllKeys is refused for Secrets of type kubernetes.io/tls',
  check: ({ trust, manifests }) => trust.references
    .filter(({ kind, includeAllKeys, name }) => kind === 'Secret' && includeAllKeys && manifests.writersOf(manifests.assumptions.trustNamespace, name).length > 0)
    .map(({ field, name }) => `${field} includes all keys of Secret '${name}', which contains a private key`),
  fix: "set key 'ca.crt' instead of includeAllKeys",
};
