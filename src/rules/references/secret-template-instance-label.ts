import { secretTemplateOf } from './secret-template';
import { entryPath } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { ARGO_CD_TRACKING } from '../engine/sources';

const INSTANCE = 'app.kubernetes.io/instance';

export const secretTemplateInstanceLabel: Rule<CertificateNode> = {
  id: 'secret-template-instance-label',
  code: 'PGTLS-A16',
  severity: Severity.WARNING,
  title: 'secretTemplate has the label app.kubernetes.io/instance, which Argo CD may track',
  consequence: Consequence.NEVER_READY,
  sources: [{ ...ARGO_CD_TRACKING, text: `${ARGO_CD_TRACKING.text}: the label ${INSTANCE} tracks unless annotations do, the default since 3.0` }],
  check: ({ spec }, report) => {
    if (INSTANCE in secretTemplateOf(spec).labels) {
      report(entryPath('spec.secretTemplate.labels', INSTANCE), `secretTemplate has the label ${INSTANCE}, by which Argo CD may treat the Secret as its own and prune it`);
    }
  },
  fix: 'use another label, or acknowledge the warning if Argo CD tracks by annotation or is not used',
};
