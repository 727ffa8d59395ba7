import type { ApprovalTarget } from './approval-target';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { approverPolicyFile, certManagerFile, source } from '../engine/sources';

export const requestPolicyMissing: Rule<ApprovalTarget> = {
  id: 'request-policy-missing',
  code: 'PGTLS-E38',
  severity: Severity.WARNING,
  title: 'certificate not allowed by any CertificateRequestPolicy for its issuer',
  consequence: Consequence.NEVER_READY,
  sources: [
    approverPolicyFile('pkg/internal/approver/manager/review.go', 'denies a request that no policy allows, and leaves it pending if no policy is bound'),
    approverPolicyFile('pkg/internal/approver/allowed/evaluator.go', 'compares each field of the request, an absent one with `required` alone'),
    approverPolicyFile('pkg/internal/approver/constraints/evaluator.go'),
    certManagerFile('pkg/controller/certificates/requestmanager/requestmanager_controller.go', 'the request has the usages and the duration as given'),
    source('cert-manager website, approver-policy', 'https://cert-manager.io/docs/usage/approver-policy/'),
  ],
  check: ({ certificate, policies }, report) => {
    if (policies.covers(certificate)) { return; }
    const { length } = policies.about(certificate);
    if (length === 0) { return; }
    const { policy, obstacles } = policies.mostAlike(certificate).map((each) => ({ policy: each, obstacles: [...each.obstacles(certificate)] }))
      .reduce((one, other) => (other.obstacles.length < one.obstacles.length ? other : one));
    const { at, issuerRef: { kind, name } } = certificate;
    report(obstacles[0]!.field, `${displayName(at)} is not allowed by any of ${length} policies for ${kind} '${name}', `
      + `the nearest of which is ${displayName(policy.at)}: ${obstacles.map(({ problem }) => problem).join('; ')}`);
  },
  fix: 'allow it (CertificateRequestPolicies creates a policy for every Certificate construct), or acknowledge the warning if a policy outside of this app allows it',
  fixInYaml: 'add a CertificateRequestPolicy that allows it, or acknowledge the warning if a policy outside of these manifests allows it',
};
