import { groupBy, mapping, Mapping, mappings, memoizeByObject, text } from '../../data';
import { parseGoDuration } from '../../formats';
import { displayName, labelSelectorFaults, Located } from '../../kubernetes';
import { CertificateNode, IssuanceGraph, PolicyView } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** Every policy of the app; both tables share the list. */
const policiesOf = memoizeByObject((manifests: IssuanceGraph): PolicyView[] =>
  manifests.ofKind('policy.cert-manager.io', 'CertificateRequestPolicy').map((at) => new PolicyView(at)));

/** Rules about policies of approver-policy. */
export const POLICY_RULES = ruleTable(policiesOf, [
  {
    code: 'PGTLS-E37',
    title: 'CertificateRequestPolicy rejected by approver-policy',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'approver-policy webhook (pkg/internal/webhook, approver/{allowed,constraints}/validation.go)',
    check: ({ spec }) => {
      const { issuerRef, namespace } = mapping(spec['selector']);
      const { minDuration, maxDuration, privateKey } = mapping(spec['constraints']);
      const { algorithm, minSize, maxSize } = mapping(privateKey);
      const [shortest, longest] = [parseGoDuration(minDuration), parseGoDuration(maxDuration)];
      return [
        ...when(issuerRef === undefined && namespace === undefined, () => 'selector has neither issuerRef nor namespace'),
        ...labelSelectorFaults(namespace).map((fault) => `selector.namespace ${fault}`),
        ...when(shortest !== undefined && longest !== undefined && longest < shortest, () => `constraints.maxDuration ${text(maxDuration)} is less than minDuration ${text(minDuration)}`),
        ...when(Number(maxSize) < Number(minSize), () => `privateKey.maxSize ${text(maxSize)} is less than minSize ${text(minSize)}`),
        ...[minSize, maxSize].filter((size) => Number(size) < 0 || Number(size) > 8192).map((size) => `privateKey size ${text(size)} is not in the range 0 to 8192`),
        ...when(algorithm === 'Ed25519' && (minSize ?? maxSize) !== undefined, () => 'privateKey has minSize or maxSize with the algorithm Ed25519, whose keys have a fixed size'),
        ...demands(mapping(spec['allowed'])).map((field) => `allowed.${field} is required, but no value is allowed`),
      ];
    },
    fix: 'set selector.issuerRef or selector.namespace ({} selects all), and use bounds and values that a request can satisfy',
  },
] satisfies Rule<PolicyView>[]);

/** A Certificate, where policies decide on requests to its issuer. */
interface ApprovalTarget extends Located {
  readonly certificate: CertificateNode;
  readonly policies: PolicyIndex;
}

/** Rules about Certificates whose requests must be approved. */
export const APPROVAL_RULES = ruleTable(approvals, [
  {
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
  },
] satisfies Rule<ApprovalTarget>[]);

/** Policies by their selectors: there may be one for each of thousands of certificates of one issuer. */
class PolicyIndex {
  private readonly byNames: ReadonlyMap<string, ReadonlyArray<PolicyView>>;
  private readonly byIssuer: ReadonlyMap<string | undefined, ReadonlyArray<PolicyView>>;

  public constructor(policies: ReadonlyArray<PolicyView>) {
    this.byIssuer = groupBy(policies, ({ issuerName }) => issuerName);
    const named = policies.filter(({ issuerName, commonName }) => issuerName !== undefined && commonName !== undefined);
    this.byNames = groupBy(named, ({ issuerName, namespace, commonName }) => [issuerName, namespace ?? '', commonName].join('\0'));
  }

  /** The policies for its issuer, its namespace and its common name. */
  public likely({ issuerRef, at, commonName }: CertificateNode): ReadonlyArray<PolicyView> {
    return this.byNames.get([issuerRef.name, at.namespace ?? '', commonName].join('\0')) ?? [];
  }

  /** All policies for its issuer. */
  public about(certificate: CertificateNode): PolicyView[] {
    return [...this.byIssuer.get(certificate.issuerRef.name) ?? [], ...this.byIssuer.get(undefined) ?? []].filter((policy) => policy.isAboutIssuerOf(certificate));
  }
}

function approvals(manifests: IssuanceGraph): ApprovalTarget[] {
  const policies = policiesOf(manifests);
  if (policies.length === 0) { return []; }
  const index = new PolicyIndex(policies);
  return manifests.certificates.map((certificate) => ({ at: certificate.at, certificate, policies: index }));
}

/** The fields that a policy requires without allowing any value. */
function demands(allowed: Mapping): string[] {
  const fields = { ...allowed, ...mapping(allowed['subject']) };
  return Object.entries(fields).filter(([, field]) => {
    const { required, value, values, validations } = mapping(field);
    return required === true && value === undefined && values === undefined && mappings(validations).length === 0;
  }).map(([name]) => name);
}
