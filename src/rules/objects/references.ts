import { FOREIGN_ISSUER, foreignIssuer } from './foreign-issuer';
import { mapping, Mapping, text, valueAt } from '../../data';
import { annotationKeyError, dnsSubdomainError, labelKeyError, labelValueError } from '../../formats';
import { displayName, inNamespace } from '../../kubernetes';
import { CertificateNode, IssuerNode, IssuerSecret, issuerSecrets } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/certificate.go)';
const INJECTION = 'cert-manager.io/allow-direct-injection';

/** Bytes of all annotations of an object, keys included. Source: Kubernetes, ValidateAnnotationsSize. */
const MAX_ANNOTATIONS = 262_144;

/** Labels and annotations by which a deployer takes an object for its own. */
const OWNERSHIP: ReadonlyArray<readonly ['labels' | 'annotations', string, string]> = [
  ['labels', 'argocd.argoproj.io/instance', 'Argo CD'],
  ['annotations', 'argocd.argoproj.io/tracking-id', 'Argo CD'],
  ['annotations', 'meta.helm.sh/release-name', 'Helm'],
  ['annotations', 'meta.helm.sh/release-namespace', 'Helm'],
];

/** What is proven about the Secrets and issuers that Certificates refer to. */
export const REFERENCE_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-A01',
    title: 'secretName that is no name of a Secret',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, secretName }) => {
      // What is no text at all is for the schema to refuse.
      if (typeof (spec['secretName'] ?? '') !== 'string') { return []; }
      const fault = secretName === '' ? 'is empty' : dnsSubdomainError(secretName);
      return when(fault !== undefined, () => `secretName '${secretName}' ${fault}`);
    },
    fix: 'give a DNS-1123 subdomain of at most 253 characters',
  },
  {
    code: 'PGTLS-A02',
    title: 'two Certificates that write one Secret',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager internal/controller/certificates/certificates.go: only the older one is ever issued',
    check: (certificate) => {
      const { at, secretName, manifests } = certificate;
      const first = manifests.writersOf(at.namespace, secretName)[0]!;
      // Twins are told as such (PGTLS-N02), and so is a leaf on its authority's Secret (PGTLS-A03).
      return when(secretName !== '' && first !== certificate && first.at.name !== at.name && !overwritesCa(certificate),
        () => `secretName '${secretName}'${inNamespace(at.namespace)} is already the target of ${displayName(first.at)} at '${first.at.path}'`);
    },
    fix: 'give each Certificate a Secret of its own',
  },
  {
    code: 'PGTLS-A03',
    title: 'a leaf that is written over the key pair of its authority',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/sync.go',
    check: (certificate) =>
      when(overwritesCa(certificate), () => `secretName '${certificate.secretName}' is the Secret with which ${displayName(certificate.issuer!.at)} signs`),
    fix: 'give the leaf a Secret of its own',
  },
  {
    code: 'PGTLS-A04',
    title: 'a Secret with data where cert-manager writes one',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager issues again whenever the data is not its own; website PR 2128: External Secrets on the same Secret makes a loop',
    check: ({ at, secretName, manifests }) =>
      manifests.secretsDeclared(at.namespace, secretName).filter(({ brings }) => brings !== undefined)
        .map(({ by, brings }) => `secretName '${secretName}'${inNamespace(at.namespace)} is also made by ${displayName(by)} at '${by.path}', with ${brings}`),
    fix: 'leave the Secret to cert-manager; labels and annotations go into secretTemplate',
  },
  {
    code: 'PGTLS-A05',
    title: 'issuerRef without a name, or of a kind that cert-manager does not have',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, issuerRef: { name, kind, group } }) => [
      ...when(name === '' && typeof (mapping(spec['issuerRef'])['name'] ?? '') === 'string', () => 'issuerRef has no name'),
      ...when(group === 'cert-manager.io' && kind !== 'Issuer' && kind !== 'ClusterIssuer',
        () => `issuerRef kind '${kind}' is not of the group cert-manager.io`),
    ],
    fix: 'refer to an Issuer or ClusterIssuer by name, or give the group of the external issuer',
  },
  {
    ...FOREIGN_ISSUER,
    check: ({ at: { namespace }, issuerRef: { name, kind, group }, manifests }) => {
      if (group !== 'cert-manager.io' || kind !== 'Issuer' || manifests.findIssuer(kind, namespace, name)) { return []; }
      const others = manifests.issuersNamed(kind, name).map((issuer) => issuer.at.namespace);
      // What names no namespace may be applied to any.
      return others.length === 0 || others.includes(undefined) || namespace === undefined ? [] : [foreignIssuer(name, others[0]!, namespace)];
    },
  },
  {
    code: 'PGTLS-A09',
    title: 'a secretTemplate with labels or annotations that cannot be',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; Kubernetes, Labels and Selectors`,
    check: ({ spec }) => {
      const { labels, annotations } = templateOf(spec);
      return [
        ...Object.keys(annotations).filter((name) => name.startsWith('cert-manager.io/') && name !== INJECTION)
          .map((name) => `secretTemplate has the annotation ${name}, which cert-manager keeps for itself`),
        ...faultsOf(Object.keys(annotations), annotationKeyError, 'annotation'),
        ...when(bytesIn(annotations) > MAX_ANNOTATIONS,
          () => `secretTemplate has ${bytesIn(annotations)} bytes of annotations, at most ${MAX_ANNOTATIONS} fit`),
        ...faultsOf(Object.keys(labels), labelKeyError, 'label'),
        ...faultsOf(Object.values(labels).filter((value) => typeof value === 'string'), labelValueError, 'label value'),
      ];
    },
    fix: `use keys and values as Kubernetes has them, and of cert-manager.io/ only ${INJECTION.split('/')[1]}`,
  },
  {
    code: 'PGTLS-A10',
    title: 'a Secret that is marked as belonging to a deployer',
    consequence: Consequence.NEVER_READY,
    source: 'Argo CD, Resource Tracking: what is tracked and not in Git is pruned; Helm takes what bears its annotations for part of the release',
    check: ({ spec }) => OWNERSHIP.filter(([field, name]) => name in templateOf(spec)[field])
      .map(([field, name, owner]) => `secretTemplate has the ${field.slice(0, -1)} ${name}, by which ${owner} takes the Secret for its own`),
    fix: 'leave it out: the Secret belongs to cert-manager, not to the deployment',
  },
  {
    code: 'PGTLS-A15',
    severity: Severity.WARNING,
    title: 'an empty Secret where cert-manager writes one',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes: the type of a Secret cannot change, so it stays that of the manifest; who deletes the manifest deletes the key pair',
    check: ({ at, secretName, manifests }) =>
      manifests.secretsDeclared(at.namespace, secretName).filter(({ brings }) => brings === undefined)
        .map(({ by }) => `secretName '${secretName}'${inNamespace(at.namespace)} is also declared by ${displayName(by)} at '${by.path}', with metadata alone`),
    fix: 'put labels and annotations into secretTemplate and leave the Secret out',
  },
  {
    code: 'PGTLS-A16',
    severity: Severity.WARNING,
    title: 'a Secret with the label by which Argo CD may track it',
    consequence: Consequence.NEVER_READY,
    source: 'Argo CD, Resource Tracking: the label app.kubernetes.io/instance tracks unless annotations do, the default since 3.0',
    check: ({ spec }) => when('app.kubernetes.io/instance' in templateOf(spec).labels,
      () => 'secretTemplate has the label app.kubernetes.io/instance, by which Argo CD may take the Secret for its own and prune it'),
    fix: 'use another label, or acknowledge the warning where Argo CD tracks by annotation or does not deploy',
  },
  {
    code: 'PGTLS-A17',
    severity: Severity.WARNING,
    title: 'an issuerRef of another kind than the issuer of that name',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/sync.go, IssuerNotFound; the kind is Issuer unless said',
    check: ({ at, issuerRef: { name, kind, group }, manifests }) => {
      if (group !== 'cert-manager.io' || manifests.issuersNamed(kind, name).length > 0) { return []; }
      const other = kind === 'Issuer' ? manifests.findIssuer('ClusterIssuer', undefined, name) : manifests.findIssuer('Issuer', at.namespace, name);
      return when(other !== undefined && (kind === 'Issuer' || kind === 'ClusterIssuer'),
        () => `issuerRef names ${kind} '${name}', and the app has ${displayName(other!.at)} only`);
    },
    fix: 'say the kind of the issuer that is meant, or acknowledge the warning where another app has the one that is named',
  },
] satisfies Rule<CertificateNode>[]);

/** What is proven about the Secrets that issuers refer to. */
export const ISSUER_REFERENCE_RULES = ruleTable(({ issuers }) => issuers, [
  {
    code: 'PGTLS-A12',
    title: 'a Secret of a ClusterIssuer that is declared in another namespace than cert-manager looks in',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/helper.go, ResourceNamespace: --cluster-resource-namespace',
    check: (issuer) => issuer.at.kind !== 'ClusterIssuer' ? [] : issuerSecrets(issuer).filter((secret) => mustBeThere(secret, issuer)).flatMap(({ field, name }) => {
      const { manifests, secretNamespace } = issuer;
      const declared = manifests.secretsNamed(name);
      const isFound = declared.some(({ namespace, isAnywhere }) => isAnywhere || namespace === undefined || namespace === secretNamespace);
      // The Certificate of an authority in the wrong namespace is told as such (PGTLS-E02).
      const isToldElsewhere = field === 'ca.secretName' && declared.some(({ by }) => by.kind === 'Certificate');
      return when(declared.length > 0 && !isFound && !isToldElsewhere,
        () => `${field} names Secret '${name}', which ${displayName(declared[0]!.by)} makes in namespace '${declared[0]!.namespace}', `
          + `yet it is looked for in namespace '${secretNamespace}'`);
    }),
    fix: 'declare it in the cluster resource namespace, or say which that is: Findings.configure(app, { clusterResourceNamespace })',
  },
] satisfies Rule<IssuerNode>[]);

/** The key of an ACME account is made by cert-manager unless that is turned off. */
function mustBeThere({ field, name }: IssuerSecret, { spec }: IssuerNode): boolean {
  return name !== '' && (field !== 'acme.privateKeySecretRef' || valueAt(spec, 'acme.disableAccountKeyGeneration') === true);
}

/** Whether it would take the place of the key pair that its own issuer signs with. An authority that does so is a circle (PGTLS-E03). */
function overwritesCa({ at, isCa, issuer, secretName }: CertificateNode): boolean {
  return !isCa && secretName !== '' && issuer !== undefined && issuer.caSecretName === secretName && issuer.secretNamespace === at.namespace;
}

function bytesIn(annotations: Mapping): number {
  return Object.entries(annotations).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text(value)), 0);
}

function templateOf(spec: Mapping): { readonly labels: Mapping; readonly annotations: Mapping } {
  const { labels, annotations } = mapping(spec['secretTemplate']);
  return { labels: mapping(labels), annotations: mapping(annotations) };
}

function faultsOf(words: string[], faultOf: (word: string) => string | undefined, what: string): string[] {
  return words.flatMap((word) => {
    const fault = faultOf(word);
    return when(fault !== undefined, () => `secretTemplate ${what} '${text(word)}' ${fault}`);
  });
}
