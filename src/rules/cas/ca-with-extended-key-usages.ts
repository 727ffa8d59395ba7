import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { uncoveredPurposes } from './authority-shared';

export const caWithExtendedKeyUsages: Rule<CertificateNode> = {
  id: 'ca-with-extended-key-usages',
  code: 'PGTLS-E18',
  severity: Severity.WARNING,
  title: 'CA certificate with extended key usages',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'OpenSSL error 26: extended key usages of a CA limit all certificates below it',
  check: (certificate) => {
    const { isCa, extendedKeyUsages } = certificate;
    return when(isCa && extendedKeyUsages.length > 0 && uncoveredPurposes(certificate).length === 0,
      () => `usages limit the CA to ${extendedKeyUsages.join(', ')}`);
  },
  fix: 'remove them, unless the CA must not sign for any other purpose',
};
