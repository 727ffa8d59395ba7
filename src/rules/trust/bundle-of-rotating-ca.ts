import type { TrustTarget } from './trust-target';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const bundleOfRotatingCa: Rule<TrustTarget> = {
  id: 'bundle-of-rotating-ca',
  code: 'PGTLS-E33',
  severity: Severity.WARNING,
  title: 'Bundle reads the Secret of a CA whose key rotates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('cert-manager website, trust-manager: in production, bundle a copy of the CA certificate', 'https://cert-manager.io/docs/trust/trust-manager/')],
  check: ({ trust, manifests }, report) => {
    for (const { field, kind, name } of trust.references) {
      const [ca] = kind === 'Secret' ? manifests.writersOf(manifests.assumptions.trustNamespace, name) : [];
      if (ca?.isCa === true && ca.rotatesKey && ca.isRenewed) {
        report(`spec.${field}.name`, `${field} is the live Secret '${name}' of the CA Certificate '${ca.at.name}', whose key changes at every renewal`);
      }
    }
  },
  fix: "set privateKey.rotationPolicy 'Never' on the CA Certificate, or bundle a copy of the CA certificate",
};
