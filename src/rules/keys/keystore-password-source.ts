import { isGiven, text } from '../../data';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';
import { keystoresOf } from './key-shared';

export const keystorePasswordSource: Rule<CertificateNode> = {
  id: 'keystore-password-source',
  code: 'PGTLS-C05',
  title: 'keystore without exactly one password source',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: (certificate) => keystoresOf(certificate).flatMap(({ kind, password, refers, reference }) => {
    const isReferred = text(reference['name']) !== '';
    if (password === undefined) { return when(!isReferred, () => `keystores.${kind} has no password source`); }
    return [
      ...when(isReferred, () => `keystores.${kind} has two password sources`),
      ...when(password === '' && !isReferred, () => `keystores.${kind} has an empty password`),
      ...when(!isGiven(reference['name']) && refers, () => `keystores.${kind}.passwordSecretRef has no name`),
    ];
  }),
  fix: 'set either passwordSecretRef with name and key, or a non-empty password',
};
