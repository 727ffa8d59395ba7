import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { overwritesCa } from './reference-shared';

export const leafOverwritesCaSecret: Rule<CertificateNode> = {
  id: 'leaf-overwrites-ca-secret',
  code: 'PGTLS-A03',
  title: 'leaf Certificate overwrites the Secret of its CA issuer',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/certificaterequests/sync.go',
  check: (certificate) =>
    when(overwritesCa(certificate), () => `secretName '${certificate.secretName}' is the Secret of the CA key pair of ${displayName(certificate.issuer!.at)}`),
  fix: 'use a different secretName for the leaf',
};
