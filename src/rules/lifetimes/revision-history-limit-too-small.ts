import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const revisionHistoryLimitTooSmall: Rule<CertificateNode> = {
  id: 'revision-history-limit-too-small',
  code: 'PGTLS-D10',
  title: 'revisionHistoryLimit less than 1',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec: { revisionHistoryLimit: limit } }, report) => {
    if (typeof limit === 'number' && limit < 1) { report('spec.revisionHistoryLimit', `revisionHistoryLimit ${limit} is less than 1`); }
  },
  fix: 'set at least 1',
};
