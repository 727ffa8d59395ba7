import { hasSchema } from './cert-manager-kinds';
import { newerThan } from '../../pki';
import { Consequence } from '../engine/consequence';
import { knownSetting } from '../engine/known-setting';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { certManagerFile } from '../engine/sources';

export const newerThanCertManager: Rule<ManifestTarget> = {
  id: 'newer-than-cert-manager',
  code: 'PGTLS-V01',
  title: 'field or value newer than the oldest supported cert-manager',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    certManagerFile('deploy/crds/cert-manager.io_certificates.yaml', 'in each release from 1.16'),
    certManagerFile('deploy/crds/cert-manager.io_issuers.yaml', 'likewise'),
    certManagerFile('internal/webhook/feature/features.go', 'likewise, for fields behind a feature gate'),
  ],
  check: (target, report) => {
    if (!hasSchema(target.at)) { return; }
    const { assumptions } = target.manifests;
    const unavailable = newerThan(assumptions, target);
    if (unavailable.length === 0) { return; }
    const { severity, origin } = knownSetting('certManagerVersion', assumptions);
    for (const { path, value, since, disabledGate } of unavailable) {
      const what = value === undefined ? path : `${path} ${value}`;
      if (disabledGate !== undefined) {
        report(path, `${what} requires the feature gate ${disabledGate}, which the manifests switch off`, `remove it, or switch ${disabledGate} on, in the controller and in the webhook`);
      } else {
        report(path, `${what} requires cert-manager ${since.toString()}, but the manifests must work with ${assumptions.certManagerVersion.toString()}${origin}`, undefined, severity);
      }
    }
  },
  fix: 'remove it, or set the oldest release that runs in any cluster: Validation.of(app).configure({ certManagerVersion })',
  fixInYaml: 'remove it, or set the oldest release that runs in any cluster with the option certManagerVersion of cdk8s-postgres-tls.yaml',
  dependsOn: 'certManagerVersion',
};
