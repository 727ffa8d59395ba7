import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { templateOf } from './reference-shared';

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
  source: 'Argo CD, Resource Tracking: tracked objects that are not in Git are pruned; Helm treats objects with its annotations as part of the release',
  check: ({ spec }) => OWNERSHIP.filter(([field, name]) => name in templateOf(spec)[field])
    .map(([field, name, owner]) => `secretTemplate has the ${field.slice(0, -1)} ${name}, by which ${owner} recognizes objects that it owns`),
  fix: 'remove it; cert-manager owns the Secret',
};
