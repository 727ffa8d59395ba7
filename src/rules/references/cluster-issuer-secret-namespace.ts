import { valueAt } from '../../data';
import { displayName } from '../../kubernetes';
import { IssuerNode, IssuerSecret, issuerSecrets } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const clusterIssuerSecretNamespace: Rule<IssuerNode> = {
  id: 'cluster-issuer-secret-namespace',
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
};

/** cert-manager generates the key of an ACME account unless that is disabled. */
function mustBeThere({ field, name }: IssuerSecret, { spec }: IssuerNode): boolean {
  return name !== '' && (field !== 'acme.privateKeySecretRef' || valueAt(spec, 'acme.disableAccountKeyGeneration') === true);
}
