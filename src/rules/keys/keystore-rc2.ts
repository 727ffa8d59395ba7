import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { keystoresOf } from './key-shared';

export const keystoreRc2: Rule<CertificateNode> = {
  id: 'keystore-rc2',
  code: 'PGTLS-C12',
  severity: Severity.WARNING,
  title: 'PKCS#12 keystore with RC2, which OpenSSL 3 and Java 20 cannot read',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager types_certificate.go: the default profile is LegacyRC2; OpenSSL 3 has RC2 only in its legacy provider',
  check: (certificate) =>
    keystoresOf(certificate).filter(({ kind, create, profile }) => kind === 'pkcs12' && create && (profile === '' || profile === 'LegacyRC2'))
      .map(({ profile }) => `keystores.pkcs12.profile is ${profile === '' ? 'not set (default LegacyRC2)' : 'LegacyRC2'}`),
  fix: 'set profile to Modern2023',
};
