import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { templateOf } from './reference-shared';

export const secretTemplateInstanceLabel: Rule<CertificateNode> = {
  id: 'secret-template-instance-label',
  code: 'PGTLS-A16',
  severity: Severity.WARNING,
  title: 'secretTemplate has the label app.kubernetes.io/instance, which Argo CD may track',
  consequence: Consequence.NEVER_READY,
  source: 'Argo CD, Resource Tracking: the label app.kubernetes.io/instance tracks unless annotations do, the default since 3.0',
  check: ({ spec }) => when('app.kubernetes.io/instance' in templateOf(spec).labels,
    () => 'secretTemplate has the label app.kubernetes.io/instance, by which Argo CD may treat the Secret as its own and prune it'),
  fix: 'use another label, or acknowledge the warning if Argo CD tracks by annotation or is not used',
};
