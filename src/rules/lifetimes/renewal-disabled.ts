import { formatMilliseconds } from '../../formats';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const renewalDisabled: Rule<CertificateNode> = {
  id: 'renewal-disabled',
  code: 'PGTLS-D12',
  severity: Severity.WARNING,
  title: 'certificate renewal disabled',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager 1.21, renewal policy Disabled',
  check: ({ isRenewed, lifetime }) => when(!isRenewed, () => `renewal.policy is Disabled: the certificate expires after ${formatMilliseconds(lifetime)} and is not renewed`),
  fix: 'remove the policy, or acknowledge the warning with the manual renewal procedure',
};
