import { keystoresOf } from './keystore-view';
import { isGiven, text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const keystorePasswordSource: Rule<CertificateNode> = {
  id: 'keystore-password-source',
  code: 'PGTLS-C05',
  title: 'keystore without exactly one password source',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: (certificate, report) => {
    for (const { kind, path, password, refers, reference } of keystoresOf(certificate)) {
      const isReferred = text(reference['name']) !== '';
      if (password === undefined) {
        if (!isReferred) { report(path, `keystores.${kind} has no password source`); }
        continue;
      }
      if (isReferred) { report(path, `keystores.${kind} has two password sources`); }
      if (password === '' && !isReferred) { report(`${path}.password`, `keystores.${kind} has an empty password`); }
      if (refers && !isGiven(reference['name'])) { report(`${path}.passwordSecretRef.name`, `keystores.${kind}.passwordSecretRef has no name`); }
    }
  },
  fix: 'set either passwordSecretRef with name and key, or a non-empty password',
};
