import { keystoresOf } from './keystore-view';
import { text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const keystorePasswordInPlainText: Rule<CertificateNode> = {
  id: 'keystore-password-in-plain-text',
  code: 'PGTLS-C11',
  severity: Severity.WARNING,
  title: 'keystore password in plain text',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('pkg/apis/certmanager/v1/types_certificate.go', 'the password is a field of the Certificate, which everyone with access to the repository or the Certificate can read'),
  ],
  check: (certificate, report) => {
    for (const { kind, path, password, reference } of keystoresOf(certificate)) {
      if (text(password) !== '' && text(reference['name']) === '') { report(`${path}.password`, `keystores.${kind}.password is in plain text`); }
    }
  },
  fix: 'use passwordSecretRef, or acknowledge the warning if access to the Secret is what protects the key',
};
