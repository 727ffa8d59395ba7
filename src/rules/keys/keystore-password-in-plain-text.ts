import { text } from '../../data';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { keystoresOf } from './key-shared';

export const keystorePasswordInPlainText: Rule<CertificateNode> = {
  id: 'keystore-password-in-plain-text',
  code: 'PGTLS-C11',
  severity: Severity.WARNING,
  title: 'keystore password in plain text',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'everyone who can read the repository or the Certificate can read the password',
  check: (certificate) =>
    keystoresOf(certificate).filter(({ password, reference }) => text(password) !== '' && text(reference['name']) === '')
      .map(({ kind }) => `keystores.${kind}.password is in plain text`),
  fix: 'use passwordSecretRef, or acknowledge the warning if access to the Secret is what protects the key',
};
