import { mapping, valueAt } from '../../data';
import { displayName, inNamespace } from '../../kubernetes';
import type { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { knownSetting, mayBe } from '../engine/known-setting';
import type { Rule } from '../engine/rule';
import { certManagerFile, certManagerIssue } from '../engine/sources';

/** Kinds of objects that create a Secret with their own name. */
const SECRET_MAKERS = [['', 'Secret'], ['external-secrets.io', 'ExternalSecret'], ['bitnami.com', 'SealedSecret']] as const;

/** Annotations by which tools copy a Secret into other namespaces. */
const COPIERS = ['reflector.v1.k8s.emberstack.com/', 'replicator.v1.mittwald.de/', 'kubed.appscode.com/'];

export const caIssuerSecretNamespace: Rule<IssuerNode> = {
  id: 'ca-issuer-secret-namespace',
  code: 'PGTLS-E02',
  title: 'CA issuer whose Secret is in another namespace',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/helper.go', 'ResourceNamespace'), certManagerIssue(7120)],
  check: (node, report) => {
    const { at: issuer, manifests, caSecretName, secretNamespace } = node;
    if (node.caCertificate !== undefined) { return; }
    const elsewhere = node.caCertificatesElsewhere.find(({ spec }) => !isCopied(valueAt(spec, 'secretTemplate.annotations')));
    if (elsewhere?.at.namespace === undefined || secretNamespace === undefined) { return; }
    if (SECRET_MAKERS.some(([group, kind]) => manifests.find(group, kind, secretNamespace, caSecretName ?? ''))) { return; }
    const isCluster = issuer.kind === 'ClusterIssuer';
    if (isCluster && mayBe('clusterResourceNamespace', elsewhere.at.namespace, manifests.assumptions)) { return; }
    const { severity, origin } = knownSetting('clusterResourceNamespace', manifests.assumptions);
    report('spec.ca.secretName', `${displayName(issuer)} reads Secret '${caSecretName}'${inNamespace(secretNamespace)}, `
      + `but ${displayName(elsewhere.at)} writes it${inNamespace(elsewhere.at.namespace)}${isCluster ? origin : ''}`,
    isCluster ? undefined : 'create the Certificate in that namespace', isCluster ? severity : undefined);
  },
  fix: 'create the Certificate in that namespace, or configure the cluster resource namespace that cert-manager uses: Validation.of(app).configure({ clusterResourceNamespace })',
  fixInYaml: 'create the Certificate in that namespace, or set the cluster resource namespace of cert-manager with '
    + 'the option clusterResourceNamespace of cdk8s-postgres-tls.yaml',
  dependsOn: 'clusterResourceNamespace',
};

function isCopied(annotations: unknown): boolean {
  return Object.keys(mapping(annotations)).some((name) => COPIERS.some((prefix) => name.startsWith(prefix)));
}
