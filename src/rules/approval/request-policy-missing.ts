import type { ApprovalTarget } from './approval-target';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { approverPolicyFile, source } from '../engine/sources';

export const requestPolicyMissing: Rule<ApprovalTarget> = {
  id: 'request-policy-missing',
  code: 'PGTLS-E38',
  severity: Severity.WARNING,
  title: 'certificate not allowed by any CertificateRequestPolicy for its issuer',
  consequence: Consequence.NEVER_READY,
  sources: [
    approverPolicyFile('pkg/internal/approver/manager/review.go', 'denies a request that no policy allows, and leaves it pending if no policy is bound'),
    source('cert-manager website, approver-policy', 'https://cert-manager.io/docs/usage/approver-policy/'),
  ],
  check: ({ certificate, policies }, report) => {
    if (policies.likely(certificate).some((policy) => policy.covers(certificate))) { return; }
    const about = policies.about(certificate);
    const [first] = about;
    if (first === undefined || about.some((policy) => policy.covers(certificate))) { return; }
    const { at, issuerRef: { kind, name } } = certificate;
    report('', `${displayName(at)} is not allowed by any of ${about.length} policies for ${kind} '${name}', the first of which is ${displayName(first.at)}`);
  },
  fix: 'allow it (CertificateRequestPolicies creates a policy for every Certificate construct), or acknowledge the warning if a policy outside of this app allows it',
  fixInYaml: 'add a CertificateRequestPolicy that allows it, or acknowledge the warning if a policy outside of these manifests allows it',
};
