import { areTogether, displayName, inNamespace } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

export const secretDeclaredWithoutData: Rule<CertificateNode> = {
  id: 'secret-declared-without-data',
  code: 'PGTLS-A15',
  severity: Severity.WARNING,
  title: 'Secret of a Certificate is also declared without data',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesFile('pkg/apis/core/validation/validation.go', 'the type of a Secret cannot change, so it stays the type in the manifest; deleting the manifest deletes the key pair')],
  check: ({ at, secretName, manifests }, report) => {
    for (const { by, brings } of manifests.secretsDeclared(at.namespace, secretName)) {
      if (brings !== undefined || !areTogether(by, at)) { continue; }
      report('spec.secretName', `secretName '${secretName}'${inNamespace(at.namespace)} is also declared by ${displayName(by)} at '${by.path}' with metadata only`);
    }
  },
  fix: 'set labels and annotations in secretTemplate and remove the Secret',
};
