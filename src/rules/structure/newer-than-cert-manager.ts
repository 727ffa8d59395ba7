import { hasSchema } from './cert-manager-kinds';
import { newerThan } from '../../pki';
import { Consequence } from '../engine/consequence';
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
    const { certManagerVersion } = target.manifests.assumptions;
    for (const { path, value, since } of newerThan(certManagerVersion, target)) {
      const what = value === undefined ? path : `${path} ${value}`;
      report(path, `${what} requires cert-manager ${since.toString()}, but the manifests must work with ${certManagerVersion.toString()}`);
    }
  },
  fix: 'remove it, or set the oldest release that runs in any cluster: Validation.of(app).configure({ certManagerVersion })',
  fixInYaml: 'remove it, or set certManagerVersion in cdk8s-postgres-tls.yaml to the oldest release that runs in any cluster',
};
