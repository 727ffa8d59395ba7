import { areTogether, displayName, inNamespace } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

export const secretDeclaredWithData: Rule<CertificateNode> = {
  id: 'secret-declared-with-data',
  code: 'PGTLS-A04',
  title: 'Secret of a Certificate is also declared with data',
  consequence: Consequence.NEVER_READY,
  sources: [
    certManagerFile('internal/controller/certificates/policies/checks.go', 'cert-manager issues again whenever it finds data that it did not write'),
    source('cert-manager website, pull request 2128: External Secrets on the same Secret causes a loop', 'https://github.com/cert-manager/website/pull/2128'),
  ],
  check: ({ at, secretName, manifests }, report) => {
    for (const { by, brings } of manifests.secretsDeclared(at.namespace, secretName)) {
      if (brings === undefined || !areTogether(by, at)) { continue; }
      report('spec.secretName', `secretName '${secretName}'${inNamespace(at.namespace)} is also declared by ${displayName(by)} at '${by.path}' with ${brings}`);
    }
  },
  fix: 'remove the declaration and let cert-manager create the Secret; set labels and annotations in secretTemplate',
};
