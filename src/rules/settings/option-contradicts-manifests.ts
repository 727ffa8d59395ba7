import type { SettingTarget } from './setting-target';
import { displayName } from '../../kubernetes';
import { CertManagerVersion } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile, trustManagerFile } from '../engine/sources';

export const optionContradictsManifests: Rule<SettingTarget> = {
  id: 'option-contradicts-manifests',
  code: 'PGTLS-V02',
  severity: Severity.WARNING,
  title: 'option that contradicts the manifests that install cert-manager or trust-manager',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('deploy/charts/cert-manager/templates/deployment.yaml'), trustManagerFile('deploy/charts/trust-manager/templates/deployment.yaml')],
  check: ({ at, setting, given, statement: { value, field } }, report) => {
    // The option is the oldest release that the manifests must work with: that of another cluster may be older.
    if (given instanceof CertManagerVersion && value instanceof CertManagerVersion && value.isAtLeast(given)) { return; }
    report(field, `the option ${setting} is ${String(given)}, but ${displayName(at)} states ${String(value)}; the option was used`);
  },
  fix: 'remove the option, so that the manifests decide, or correct one of both',
};
