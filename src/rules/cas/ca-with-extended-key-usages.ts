import { PEER_PURPOSES, uncoveredPurposes } from './uncovered-purposes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { opensslFile } from '../engine/sources';

export const caWithExtendedKeyUsages: Rule<CertificateNode> = {
  id: 'ca-with-extended-key-usages',
  code: 'PGTLS-E18',
  severity: Severity.WARNING,
  title: 'CA certificate whose extended key usages exclude servers or clients',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [opensslFile('crypto/x509/v3_purp.c', 'extended key usages of a CA limit all certificates below it (error 26)')],
  check: (certificate, report) => {
    const { isCa, extendedKeyUsages } = certificate;
    // A CA with both purposes limits no TLS peer.
    const isLimited = extendedKeyUsages.length > 0 && !PEER_PURPOSES.every((purpose) => extendedKeyUsages.includes(purpose));
    if (isCa && isLimited && uncoveredPurposes(certificate).length === 0) {
      report('spec.usages', `usages limit the CA to ${extendedKeyUsages.join(', ')}`);
    }
  },
  fix: 'remove them, unless the CA must not sign for any other purpose; server auth and client auth together are enough for TLS',
};
