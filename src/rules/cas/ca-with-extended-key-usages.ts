import { uncoveredPurposes } from './uncovered-purposes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { opensslFile } from '../engine/sources';

export const caWithExtendedKeyUsages: Rule<CertificateNode> = {
  id: 'ca-with-extended-key-usages',
  code: 'PGTLS-E18',
  severity: Severity.WARNING,
  title: 'CA certificate with extended key usages',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [opensslFile('crypto/x509/v3_purp.c', 'extended key usages of a CA limit all certificates below it (error 26)')],
  check: (certificate, report) => {
    const { isCa, extendedKeyUsages } = certificate;
    if (isCa && extendedKeyUsages.length > 0 && uncoveredPurposes(certificate).length === 0) {
      report('spec.usages', `usages limit the CA to ${extendedKeyUsages.join(', ')}`);
    }
  },
  fix: 'remove them, unless the CA must not sign for any other purpose',
};
