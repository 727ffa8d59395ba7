import { formatMilliseconds } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const renewalDisabled: Rule<CertificateNode> = {
  id: 'renewal-disabled',
  code: 'PGTLS-D12',
  severity: Severity.WARNING,
  title: 'certificate renewal disabled',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [certManagerFile('pkg/util/pki/renewaltime.go', 'with the policy Disabled there is no renewal time')],
  check: ({ isRenewed, lifetime }, report) => {
    if (!isRenewed) { report('spec.renewal.policy', `renewal.policy is Disabled: the certificate expires after ${formatMilliseconds(lifetime)} and is not renewed`); }
  },
  fix: 'remove the policy, or acknowledge the warning with the manual renewal procedure',
};
