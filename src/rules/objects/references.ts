import { FOREIGN_ISSUER, foreignIssuer } from './foreign-issuer';
import { mapping, Mapping, text, valueAt } from '../../data';
import { annotationKeyError, dnsSubdomainError, labelKeyError, labelValueError } from '../../formats';
import { displayName, inNamespace } from '../../kubernetes';
import { CertificateNode, IssuerNode, IssuerSecret, issuerSecrets } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/certificate.go)';
const INJECTION = 'cert-manager.io/allow-direct-injection';

/** Bytes of all annotations of an object, keys included. Source: Kubernetes, ValidateAnnotationsSize. */
const MAX_ANNOTATIONS = 262_144;

/** Labels and annotations by which a deployment tool recognizes its objects. */
const OWNERSHIP: ReadonlyArray<readonly ['labels' | 'annotations', string, string]> = [
  ['labels', 'argocd.argoproj.io/instance', 'Argo CD'],
  ['annotations', 'argocd.argoproj.io/tracking-id', 'Argo CD'],
  ['annotations', 'meta.helm.sh/release-name', 'Helm'],
  ['annotations', 'meta.helm.sh/release-namespace', 'Helm'],
];

/** Rules about the Secrets and issuers that Certificates refer to. */
export const REFERENCE_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-A01',
    title: 'secretName is not a valid Secret name',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, secretName }) => {
      // The schema rule rejects a value that is not a string (PGTLS-A13).
      if (typeof (spec['secretName'] ?? '') !== 'string') { return []; }
      const fault = secretName === '' ? 'is empty' : dnsSubdomainError(secretName);
      return when(fault !== undefined, () => `secretName '${secretName}' ${fault}`);
    },
    fix: 'set a DNS subdomain (RFC 1123) of at most 253 characters',
  },
  {
    code: 'PGTLS-A02',
    title: 'Secret written by two Certificates',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager internal/controller/certificates/certificates.go: only the older one is ever issued',
    check: (certificate) => {
      const { at, secretName, manifests } = certificate;
      const first = manifests.writersOf(at.namespace, secretName)[0]!;
      // Duplicate objects are reported by PGTLS-N02, a leaf in the Secret of its CA by PGTLS-A03.
      return when(secretName !== '' && first !== certificate && first.at.name !== at.name && !overwritesCa(certificate),
        () => `secretName '${secretName}'${inNamespace(at.namespace)} is already written by ${displayName(first.at)} at '${first.at.path}'`);
    },
    fix: 'use a different secretName for each Certificate',
  },
  {
    code: 'PGTLS-A03',
    title: 'leaf Certificate overwrites the Secret of its CA issuer',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/sync.go',
    check: (certificate) =>
      when(overwritesCa(certificate), () => `secretName '${certificate.secretName}' is the Secret of the CA key pair of ${displayName(certificate.issuer!.at)}`),
    fix: 'use a different secretName for the leaf',
  },
  {
    code: 'PGTLS-A04',
    title: 'Secret of a Certificate is also declared with data',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager issues again whenever it finds data that it did not write; website PR 2128: External Secrets on the same Secret causes a loop',
    check: ({ at, secretName, manifests }) =>
      manifests.secretsDeclared(at.namespace, secretName).filter(({ brings }) => brings !== undefined)
        .map(({ by, brings }) => `secretName '${secretName}'${inNamespace(at.namespace)} is also declared by ${displayName(by)} at '${by.path}' with ${brings}`),
    fix: 'remove the declaration and let cert-manager create the Secret; set labels and annotations in secretTemplate',
  },
  {
    code: 'PGTLS-A05',
    title: 'issuerRef without a name, or with a kind unknown to cert-manager',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, issuerRef: { name, kind, group } }) => [
      ...when(name === '' && typeof (mapping(spec['issuerRef'])['name'] ?? '') === 'string', () => 'issuerRef has no name'),
      ...when(group === 'cert-manager.io' && kind !== 'Issuer' && kind !== 'ClusterIssuer',
        () => `issuerRef kind '${kind}' is not a kind of the group cert-manager.io`),
    ],
    fix: 'set the name of an Issuer or ClusterIssuer, or set the group of the external issuer',
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
    title: 'invalid label or annotation in secretTemplate',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; Kubernetes, Labels and Selectors`,
    check: ({ spec }) => {
      const { labels, annotations } = templateOf(spec);
      return [
        ...Object.keys(annotations).filter((name) => name.startsWith('cert-manager.io/') && name !== INJECTION)
          .map((name) => `secretTemplate has the annotation ${name}, which is reserved for cert-manager`),
        ...faultsOf(Object.keys(annotations), annotationKeyError, 'annotation'),
        ...when(bytesIn(annotations) > MAX_ANNOTATIONS,
          () => `secretTemplate has ${bytesIn(annotations)} bytes of annotations, at most ${MAX_ANNOTATIONS} are allowed`),
        ...faultsOf(Object.keys(labels), labelKeyError, 'label'),
        ...faultsOf(Object.values(labels).filter((value) => typeof value === 'string'), labelValueError, 'label value'),
      ];
    },
    fix: `use valid Kubernetes labels and annotations, and of the prefix cert-manager.io/ only ${INJECTION.split('/')[1]}`,
  },
  {
    code: 'PGTLS-A10',
    title: 'secretTemplate marks the Secret as owned by Argo CD or Helm',
    consequence: Consequence.NEVER_READY,
    source: 'Argo CD, Resource Tracking: tracked objects that are not in Git are pruned; Helm treats objects with its annotations as part of the release',
    check: ({ spec }) => OWNERSHIP.filter(([field, name]) => name in templateOf(spec)[field])
      .map(([field, name, owner]) => `secretTemplate has the ${field.slice(0, -1)} ${name}, by which ${owner} recognizes objects that it owns`),
    fix: 'remove it; cert-manager owns the Secret',
  },
  {
    code: 'PGTLS-A15',
    severity: Severity.WARNING,
    title: 'Secret of a Certificate is also declared without data',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes: the type of a Secret cannot change, so it stays the type in the manifest; deleting the manifest deletes the key pair',
    check: ({ at, secretName, manifests }) =>
      manifests.secretsDeclared(at.namespace, secretName).filter(({ brings }) => brings === undefined)
        .map(({ by }) => `secretName '${secretName}'${inNamespace(at.namespace)} is also declared by ${displayName(by)} at '${by.path}' with metadata only`),
    fix: 'set labels and annotations in secretTemplate and remove the Secret',
  },
  {
    code: 'PGTLS-A16',
    severity: Severity.WARNING,
    title: 'secretTemplate has the label app.kubernetes.io/instance, which Argo CD may track',
    consequence: Consequence.NEVER_READY,
    source: 'Argo CD, Resource Tracking: the label app.kubernetes.io/instance tracks unless annotations do, the default since 3.0',
    check: ({ spec }) => when('app.kubernetes.io/instance' in templateOf(spec).labels,
      () => 'secretTemplate has the label app.kubernetes.io/instance, by which Argo CD may treat the Secret as its own and prune it'),
    fix: 'use another label, or acknowledge the warning if Argo CD tracks by annotation or is not used',
  },
  {
    code: 'PGTLS-A17',
    severity: Severity.WARNING,
    title: 'issuerRef kind differs from the kind of the issuer with that name',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/sync.go, IssuerNotFound; the default kind is Issuer',
    check: ({ at, issuerRef: { name, kind, group }, manifests }) => {
      if (group !== 'cert-manager.io' || manifests.issuersNamed(kind, name).length > 0) { return []; }
      const other = kind === 'Issuer' ? manifests.findIssuer('ClusterIssuer', undefined, name) : manifests.findIssuer('Issuer', at.namespace, name);
      return when(other !== undefined && (kind === 'Issuer' || kind === 'ClusterIssuer'),
        () => `issuerRef names ${kind} '${name}', but the app declares only ${displayName(other!.at)}`);
    },
    fix: 'set issuerRef.kind, or acknowledge the warning if another app declares the issuer',
  },
] satisfies Rule<CertificateNode>[]);

/** Rules about the Secrets that issuers refer to. */
export const ISSUER_REFERENCE_RULES = ruleTable(({ issuers }) => issuers, [
  {
    code: 'PGTLS-A12',
    title: 'Secret of a ClusterIssuer outside the cluster resource namespace',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/helper.go, ResourceNamespace: --cluster-resource-namespace',
    check: (issuer) => issuer.at.kind !== 'ClusterIssuer' ? [] : issuerSecrets(issuer).filter((secret) => mustBeThere(secret, issuer)).flatMap(({ field, name }) => {
      const { manifests, secretNamespace } = issuer;
      const declared = manifests.secretsNamed(name);
      const isFound = declared.some(({ namespace, isAnywhere }) => isAnywhere || namespace === undefined || namespace === secretNamespace);
      // The Certificate of a CA in the wrong namespace is reported by PGTLS-E02.
      const hasOtherFinding = field === 'ca.secretName' && declared.some(({ by }) => by.kind === 'Certificate');
      return when(declared.length > 0 && !isFound && !hasOtherFinding,
        () => `${field} names Secret '${name}', which ${displayName(declared[0]!.by)} declares in namespace '${declared[0]!.namespace}', `
          + `but cert-manager reads it from namespace '${secretNamespace}'`);
    }),
    fix: 'declare the Secret in the cluster resource namespace, or set that namespace: Validation.of(app).configure({ clusterResourceNamespace })',
  },
] satisfies Rule<IssuerNode>[]);

/** cert-manager generates the key of an ACME account unless that is disabled. */
function mustBeThere({ field, name }: IssuerSecret, { spec }: IssuerNode): boolean {
  return name !== '' && (field !== 'acme.privateKeySecretRef' || valueAt(spec, 'acme.disableAccountKeyGeneration') === true);
}

/** Whether it would overwrite the key pair that its own issuer signs with. A CA that does so is an issuer cycle (PGTLS-E03). */
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
