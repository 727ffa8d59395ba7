import { text } from '../../data';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const revisionHistoryLimitTooSmall: Rule<CertificateNode> = {
  id: 'revision-history-limit-too-small',
  code: 'PGTLS-D10',
  title: 'revisionHistoryLimit less than 1',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager webhook (validation/certificate.go)',
  check: ({ spec: { revisionHistoryLimit: limit } }) => when(typeof limit === 'number' && limit < 1, () => `revisionHistoryLimit ${text(limit)} is less than 1`),
  fix: 'set at least 1',
};
