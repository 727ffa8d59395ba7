import { uncoveredPurposes } from './uncovered-purposes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { opensslFile } from '../engine/sources';

export const caKeyUsagesTooNarrow: Rule<CertificateNode> = {
  id: 'ca-key-usages-too-narrow',
  code: 'PGTLS-E06',
  title: 'extended key usages of a CA do not cover the certificates that it signs',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [opensslFile('crypto/x509/v3_purp.c', 'extended key usages of a CA limit all certificates below it (error 26)')],
  check: (certificate, report) => {
    for (const problem of uncoveredPurposes(certificate)) { report('spec.usages', problem); }
  },
  fix: 'remove the extended key usages of the CA; it only needs cert sign, crl sign and digital signature',
};
