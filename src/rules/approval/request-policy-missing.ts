import { displayName } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ApprovalTarget } from './policy-shared';

export const requestPolicyMissing: Rule<ApprovalTarget> = {
  id: 'request-policy-missing',
  code: 'PGTLS-E38',
  severity: Severity.WARNING,
  title: 'certificate not allowed by any CertificateRequestPolicy for its issuer',
  consequence: Consequence.NEVER_READY,
  source: 'approver-policy denies requests that no policy allows, or leaves them pending if no policy is bound',
  check: ({ certificate, policies }) => {
    if (policies.likely(certificate).some((policy) => policy.covers(certificate))) { return []; }
    const about = policies.about(certificate);
    return when(about.length > 0 && !about.some((policy) => policy.covers(certificate)),
      () => `${displayName(certificate.at)} is not allowed by any of ${about.length} policies for ${certificate.issuerRef.kind} '${certificate.issuerRef.name}', the first of which is ${displayName(about[0]!.at)}`);
  },
  fix: 'allow it (CertificateRequestPolicies creates a policy for every Certificate construct), or acknowledge the warning if a policy outside of this app allows it',
};
