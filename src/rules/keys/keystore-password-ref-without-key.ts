import { text } from '../../data';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { keystoresOf } from './key-shared';

export const keystorePasswordRefWithoutKey: Rule<CertificateNode> = {
  id: 'keystore-password-ref-without-key',
  code: 'PGTLS-C13',
  title: 'keystore passwordSecretRef without a key',
  consequence: Consequence.NEVER_READY,
  source: 'the webhook does not check the key; the controller fails in issuing/internal/secret.go',
  check: (certificate) =>
    keystoresOf(certificate).filter(({ password, reference: { name, key } }) => password === undefined && text(name) !== '' && text(key) === '')
      .map(({ kind, reference: { name } }) => `keystores.${kind}.passwordSecretRef names Secret '${text(name)}' without a key`),
  fix: 'set passwordSecretRef.key to the key of the Secret that holds the password',
};
