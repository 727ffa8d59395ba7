import { secretTemplateOf } from './secret-template';
import { entryPath } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ARGO_CD_TRACKING, source } from '../engine/sources';

/** Labels and annotations by which a deployment tool recognizes its objects. */
const OWNERSHIP: ReadonlyArray<readonly ['labels' | 'annotations', string, string]> = [
  ['labels', 'argocd.argoproj.io/instance', 'Argo CD'],
  ['annotations', 'argocd.argoproj.io/tracking-id', 'Argo CD'],
  ['annotations', 'meta.helm.sh/release-name', 'Helm'],
  ['annotations', 'meta.helm.sh/release-namespace', 'Helm'],
];

export const secretTemplateOwnedByGitops: Rule<CertificateNode> = {
  id: 'secret-template-owned-by-gitops',
  code: 'PGTLS-A10',
  title: 'secretTemplate marks the Secret as owned by Argo CD or Helm',
  consequence: Consequence.NEVER_READY,
  sources: [
    { ...ARGO_CD_TRACKING, text: `${ARGO_CD_TRACKING.text}: tracked objects that are not in Git are pruned` },
    source('Helm, pkg/action/validate.go: objects with the annotations count as part of the release', 'https://github.com/helm/helm/blob/v3.18.0/pkg/action/validate.go'),
  ],
  check: ({ spec }, report) => {
    for (const [field, name, owner] of OWNERSHIP) {
      if (!(name in secretTemplateOf(spec)[field])) { continue; }
      report(entryPath(`spec.secretTemplate.${field}`, name), `secretTemplate has the ${field.slice(0, -1)} ${name}, by which ${owner} recognizes objects that it owns`);
    }
  },
  fix: 'remove it; cert-manager owns the Secret',
};
