import type { ApprovalTarget } from './approval-target';
import { PolicyIndex } from './policy-index';
import { requestPolicyInvalid } from './request-policy-invalid';
import { requestPolicyMissing } from './request-policy-missing';
import { memoizeByObject } from '../../data';
import { type IssuanceGraph, PolicyView } from '../../pki';
import { ruleTable } from '../engine/rule-table';

/** Every policy of the app; both tables share the list. */
const policiesOf = memoizeByObject((manifests: IssuanceGraph): PolicyView[] =>
  manifests.ofKind('policy.cert-manager.io', 'CertificateRequestPolicy').map((at) => new PolicyView(at)));

/** Rules about policies of approver-policy. */
export const POLICY_RULES = ruleTable(policiesOf, [
  requestPolicyInvalid,
]);

/** Rules about Certificates whose requests must be approved. */
export const APPROVAL_RULES = ruleTable(approvals, [
  requestPolicyMissing,
]);

function approvals(manifests: IssuanceGraph): ApprovalTarget[] {
  const policies = policiesOf(manifests);
  if (policies.length === 0) { return []; }
  const index = new PolicyIndex(policies);
  return manifests.certificates.map((certificate) => ({ at: certificate.at, certificate, policies: index }));
}
