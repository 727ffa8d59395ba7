import { overwritesCa } from './overwrites-ca';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const leafOverwritesCaSecret: Rule<CertificateNode> = {
  id: 'leaf-overwrites-ca-secret',
  code: 'PGTLS-A03',
  title: 'leaf Certificate overwrites the Secret of its CA issuer',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/issuer/ca/setup.go', 'the issuer needs a CA certificate in its Secret')],
  check: (certificate, report) => {
    if (overwritesCa(certificate)) {
      report('spec.secretName', `secretName '${certificate.secretName}' is the Secret of the CA key pair of ${displayName(certificate.issuer!.at)}`);
    }
  },
  fix: 'use a different secretName for the leaf',
};
