import { Severity } from '../../finding';
import type { CertificateView } from '../certificate-view';
import { parseGoDuration } from '../go-duration';
import type { Inventory } from '../inventory';
import { called, Located } from '../judged';
import { labelSelectorFaults } from '../label-selector';
import { PolicyView } from '../policy-view';
import { mapping, Mapping, mappings, text } from '../reading';
import { Basis, Rule, when } from '../rule';
import { ruleTable } from '../rule-table';

/** What is proven about policies of approver-policy. */
export const POLICY_RULES = ruleTable(policiesOf, [
  {
    code: 'PGTLS-E37',
    title: 'a request policy that approver-policy refuses',
    basis: Basis.REFUSED,
    source: 'approver-policy webhook (pkg/internal/webhook, approver/{allowed,constraints}/validation.go)',
    broken: ({ spec }) => {
      const { issuerRef, namespace } = mapping(spec['selector']);
      const { minDuration, maxDuration, privateKey } = mapping(spec['constraints']);
      const { algorithm, minSize, maxSize } = mapping(privateKey);
      const [shortest, longest] = [parseGoDuration(minDuration), parseGoDuration(maxDuration)];
      return [
        ...when(issuerRef === undefined && namespace === undefined, () => 'selector has neither issuerRef nor namespace'),
        ...labelSelectorFaults(namespace).map((fault) => `selector.namespace ${fault}`),
        ...when(shortest !== undefined && longest !== undefined && longest < shortest, () => `maxDuration ${text(maxDuration)} is below minDuration ${text(minDuration)}`),
        ...when(Number(maxSize) < Number(minSize), () => `maxSize ${text(maxSize)} is below minSize ${text(minSize)}`),
        ...[minSize, maxSize].filter((size) => Number(size) < 0 || Number(size) > 8192).map((size) => `a key of ${text(size)} bits is not from 0 to 8192`),
        ...when(algorithm === 'Ed25519' && (minSize ?? maxSize) !== undefined, () => 'a size is given for Ed25519, which has one'),
        ...demands(mapping(spec['allowed'])).map((field) => `allowed.${field} is required, and no value is allowed`),
      ];
    },
    remedy: 'select by issuer or namespace ({} is every one), and give bounds and values that something can meet',
  },
] satisfies Rule<PolicyView>[]);

/** A certificate, where policies decide about requests to its issuer. */
interface ApprovalSubject extends Located {
  readonly certificate: CertificateView;
  readonly policies: ReadonlyArray<PolicyView>;
}

/** What is proven about certificates that have to be approved. */
export const APPROVAL_RULES = ruleTable(approvals, [
  {
    code: 'PGTLS-E38',
    severity: Severity.WARNING,
    title: 'a certificate that no request policy of its issuer allows',
    basis: Basis.STALLS,
    source: 'approver-policy denies what no policy allows, or leaves it waiting where none is bound',
    broken: ({ certificate, policies }) => when(!policies.some((policy) => policy.covers(certificate)),
      () => `${called(certificate.at)} is allowed by none of ${policies.length} policies for ${certificate.issuerRef.kind} '${certificate.issuerRef.name}', first ${called(policies[0]!.at)}`),
    remedy: 'allow it (CertificateRequestPolicies does for every Certificate construct), or acknowledge the warning where a policy outside this app does',
  },
] satisfies Rule<ApprovalSubject>[]);

const known = new WeakMap<Inventory, PolicyView[]>();

function policiesOf(inventory: Inventory): PolicyView[] {
  const policies = known.get(inventory) ?? inventory.ofKind('policy.cert-manager.io', 'CertificateRequestPolicy').map((at) => new PolicyView(at));
  known.set(inventory, policies);
  return policies;
}

/** Policies are found by the issuer that they name, for there may be one for each of thousands of certificates. */
function approvals(inventory: Inventory): ApprovalSubject[] {
  const policies = policiesOf(inventory);
  if (policies.length === 0) { return []; }
  const named = new Map<string, PolicyView[]>();
  const wide: PolicyView[] = [];
  for (const policy of policies) {
    const key = exactly(mapping(policy.spec['selector']));
    if (key === undefined) { wide.push(policy); } else if (named.has(key)) { named.get(key)!.push(policy); } else { named.set(key, [policy]); }
  }
  const issuers = new Set([...named.keys()].map((key) => key.split('\0')[0]!));
  return inventory.certificates.flatMap((certificate) => {
    const { issuerRef: { name }, at } = certificate;
    const candidates = [...(named.get(`${name}\0${at.namespace ?? ''}`) ?? []), ...wide];
    const about = candidates.filter((policy) => policy.isAboutIssuerOf(certificate));
    if (about.length > 0) { return [{ at, certificate, policies: about }]; }
    // Policies of the same issuer for other namespaces: it is policed all the same.
    const elsewhere = issuers.has(name) ? policies.filter((policy) => policy.isAboutIssuerOf(certificate)) : [];
    return elsewhere.length > 0 ? [{ at, certificate, policies: elsewhere }] : [];
  });
}

/** The name and namespace of a policy that is about one issuer in one namespace. */
function exactly({ issuerRef, namespace }: Mapping): string | undefined {
  const { name } = mapping(issuerRef);
  const { matchNames } = mapping(namespace);
  const names = Array.isArray(matchNames) ? matchNames.map(text) : [];
  const key = [text(name), names[0] ?? ''];
  return names.length === 1 && key.every((part) => part !== '' && !part.includes('*')) ? key.join('\0') : undefined;
}

/** The fields that a policy requires and allows no value of. */
function demands(allowed: Mapping): string[] {
  const fields = { ...allowed, ...mapping(allowed['subject']) };
  return Object.entries(fields).filter(([, field]) => {
    const { required, value, values, validations } = mapping(field);
    return required === true && value === undefined && values === undefined && mappings(validations).length === 0;
  }).map(([name]) => name);
}
