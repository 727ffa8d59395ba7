import { valueAt } from '../../data';
import { displayName } from '../../kubernetes';
import { type IssuerNode, type IssuerSecret, issuerSecrets } from '../../pki';
import { Consequence } from '../engine/consequence';
import { knownSetting, mayBe } from '../engine/known-setting';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const clusterIssuerSecretNamespace: Rule<IssuerNode> = {
  id: 'cluster-issuer-secret-namespace',
  code: 'PGTLS-A12',
  title: 'Secret of a ClusterIssuer outside the cluster resource namespace',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/helper.go', 'ResourceNamespace, --cluster-resource-namespace')],
  check: (issuer, report) => {
    if (issuer.at.kind !== 'ClusterIssuer') { return; }
    const { manifests, secretNamespace } = issuer;
    const { severity, origin } = knownSetting('clusterResourceNamespace', manifests.assumptions);
    for (const { field, name, key } of issuerSecrets(issuer).filter((secret) => mustBeThere(secret, issuer))) {
      const declared = manifests.secretsNamed(name);
      const isFound = declared.some(({ namespace, isAnywhere }) => isAnywhere || namespace === undefined || namespace === secretNamespace
        || mayBe('clusterResourceNamespace', namespace, manifests.assumptions));
      // The Certificate of a CA in the wrong namespace is reported by PGTLS-E02.
      const hasOtherFinding = field === 'ca.secretName' && declared.some(({ by }) => by.kind === 'Certificate');
      if (declared.length === 0 || isFound || hasOtherFinding) { continue; }
      const { by, namespace } = declared[0]!;
      report(key === undefined ? `spec.${field}` : `spec.${field}.name`, `${field} names Secret '${name}', which ${displayName(by)} declares in namespace '${namespace}', `
        + `but cert-manager reads it from namespace '${secretNamespace}'${origin}`, undefined, severity);
    }
  },
  fix: 'declare the Secret in the cluster resource namespace, or set that namespace: Validation.of(app).configure({ clusterResourceNamespace })',
  fixInYaml: 'declare the Secret in the cluster resource namespace, or set that namespace with the option clusterResourceNamespace of cdk8s-postgres-tls.yaml',
  dependsOn: 'clusterResourceNamespace',
};

/** cert-manager generates the key of an ACME account unless that is disabled. */
function mustBeThere({ field, name }: IssuerSecret, { spec }: IssuerNode): boolean {
  return name !== '' && (field !== 'acme.privateKeySecretRef' || valueAt(spec, 'acme.disableAccountKeyGeneration') === true);
}
