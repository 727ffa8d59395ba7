import { displayName, inNamespace } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const secretDeclaredWithoutData: Rule<CertificateNode> = {
  id: 'secret-declared-without-data',
  code: 'PGTLS-A15',
  severity: Severity.WARNING,
  title: 'Secret of a Certificate is also declared without data',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes: the type of a Secret cannot change, so it stays the type in the manifest; deleting the manifest deletes the key pair',
  check: ({ at, secretName, manifests }) =>
    manifests.secretsDeclared(at.namespace, secretName).filter(({ brings }) => brings === undefined)
      .map(({ by }) => `secretName '${secretName}'${inNamespace(at.namespace)} is also declared by ${displayName(by)} at '${by.path}' with metadata only`),
  fix: 'set labels and annotations in secretTemplate and remove the Secret',
};
