import { keystoresOf } from './keystore-view';
import { text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const keystorePasswordRefWithoutKey: Rule<CertificateNode> = {
  id: 'keystore-password-ref-without-key',
  code: 'PGTLS-C13',
  title: 'keystore passwordSecretRef without a key',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/certificates/issuing/internal/secret.go', 'the controller needs the key, which the webhook does not check')],
  check: (certificate, report) => {
    for (const { kind, path, password, reference: { name, key } } of keystoresOf(certificate)) {
      if (password === undefined && text(name) !== '' && text(key) === '') {
        report(`${path}.passwordSecretRef.key`, `keystores.${kind}.passwordSecretRef names Secret '${text(name)}' without a key`);
      }
    }
  },
  fix: 'set passwordSecretRef.key to the key of the Secret that holds the password',
};
