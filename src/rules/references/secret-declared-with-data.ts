import { displayName, inNamespace } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const secretDeclaredWithData: Rule<CertificateNode> = {
  id: 'secret-declared-with-data',
  code: 'PGTLS-A04',
  title: 'Secret of a Certificate is also declared with data',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager issues again whenever it finds data that it did not write; website PR 2128: External Secrets on the same Secret causes a loop',
  check: ({ at, secretName, manifests }) =>
    manifests.secretsDeclared(at.namespace, secretName).filter(({ brings }) => brings !== undefined)
      .map(({ by, brings }) => `secretName '${secretName}'${inNamespace(at.namespace)} is also declared by ${displayName(by)} at '${by.path}' with ${brings}`),
  fix: 'remove the declaration and let cert-manager create the Secret; set labels and annotations in secretTemplate',
};
