import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { uncoveredPurposes } from './authority-shared';

export const caKeyUsagesTooNarrow: Rule<CertificateNode> = {
  id: 'ca-key-usages-too-narrow',
  code: 'PGTLS-E06',
  title: 'extended key usages of a CA do not cover the certificates that it signs',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'OpenSSL error 26: extended key usages of a CA limit all certificates below it',
  check: (certificate) => uncoveredPurposes(certificate),
  fix: 'remove the extended key usages of the CA; it only needs cert sign, crl sign and digital signature',
};
