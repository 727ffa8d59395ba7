import { newerThan } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { ManifestTarget } from '../engine/rule-table';
import { hasSchema } from './structure-shared';

export const newerThanCertManager: Rule<ManifestTarget> = {
  id: 'newer-than-cert-manager',
  code: 'PGTLS-V01',
  title: 'field or value newer than the oldest supported cert-manager',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: "cert-manager's CRDs and feature gates by release",
  check: (target) => {
    const { certManagerVersion } = target.manifests.assumptions;
    return hasSchema(target.at) ? newerThan(certManagerVersion, target).map(({ path, value, since }) =>
      `${path}${value === undefined ? '' : ` ${value}`} requires cert-manager ${since.toString()}, but the manifests must work with ${certManagerVersion.toString()}`) : [];
  },
  fix: 'remove it, or set the oldest release that runs in any cluster: Validation.of(app).configure({ certManagerVersion })',
};
