import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { TrustTarget } from './trust-shared';

export const bundleOfRotatingCa: Rule<TrustTarget> = {
  id: 'bundle-of-rotating-ca',
  code: 'PGTLS-E33',
  severity: Severity.WARNING,
  title: 'Bundle reads the Secret of a CA whose key rotates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager website, trust: bundle a copy of the CA certificate; a bundle of the live Secret loses the old root when the Secret changes',
  check: ({ trust, manifests }) => trust.references.filter(({ kind }) => kind === 'Secret').flatMap(({ field, name }) => {
    const [ca] = manifests.writersOf(manifests.assumptions.trustNamespace, name);
    return when(ca?.isCa === true && ca.rotatesKey && ca.isRenewed,
      () => `${field} is the live Secret '${name}' of the CA Certificate '${ca!.at.name}', whose key changes at every renewal`);
  }),
  fix: "set privateKey.rotationPolicy 'Never' on the CA Certificate, or bundle a copy of the CA certificate",
};
