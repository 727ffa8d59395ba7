import { mapping, valueAt } from '../../data';
import { displayName, inNamespace } from '../../kubernetes';
import { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

/** Kinds of objects that create a Secret with their own name. */
const SECRET_MAKERS = [['', 'Secret'], ['external-secrets.io', 'ExternalSecret'], ['bitnami.com', 'SealedSecret']] as const;

/** Annotations by which tools copy a Secret into other namespaces. */
const COPIERS = ['reflector.v1.k8s.emberstack.com/', 'replicator.v1.mittwald.de/', 'kubed.appscode.com/'];

export const caIssuerSecretNamespace: Rule<IssuerNode> = {
  id: 'ca-issuer-secret-namespace',
  code: 'PGTLS-E02',
  title: 'CA issuer whose Secret is in another namespace',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/helper.go, ResourceNamespace; cert-manager issue 7120',
  check: ({ at: issuer, caCertificate: ca, caCertificatesElsewhere, caSecretName, secretNamespace }) => {
    const [elsewhere] = caCertificatesElsewhere.filter(({ spec }) => !isCopied(valueAt(spec, 'secretTemplate.annotations')));
    const isDecidable = ca === undefined && elsewhere?.at.namespace !== undefined && secretNamespace !== undefined;
    return when(isDecidable && SECRET_MAKERS.every(([group, kind]) => !elsewhere.manifests.find(group, kind, secretNamespace, caSecretName ?? '')),
      () => `${displayName(issuer)} reads Secret '${caSecretName}'${inNamespace(secretNamespace)}, `
        + `but ${displayName(elsewhere!.at)} writes it${inNamespace(elsewhere!.at.namespace)}`);
  },
  fix: 'create the Certificate in that namespace, or configure the cluster resource namespace that cert-manager uses: Validation.of(app).configure({ clusterResourceNamespace })',
};

function isCopied(annotations: unknown): boolean {
  return Object.keys(mapping(annotations)).some((name) => COPIERS.some((prefix) => name.startsWith(prefix)));
}
