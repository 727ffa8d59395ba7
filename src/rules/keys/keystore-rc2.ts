import { keystoresOf } from './keystore-view';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const keystoreRc2: Rule<CertificateNode> = {
  id: 'keystore-rc2',
  code: 'PGTLS-C12',
  severity: Severity.WARNING,
  title: 'PKCS#12 keystore with RC2, which OpenSSL 3 and Java 20 cannot read',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [certManagerFile('pkg/apis/certmanager/v1/types_certificate.go', 'the default profile is LegacyRC2, which OpenSSL 3 and Java 20 do not support by default')],
  check: (certificate, report) => {
    for (const { kind, path, create, profile } of keystoresOf(certificate)) {
      if (kind === 'pkcs12' && create && (profile === '' || profile === 'LegacyRC2')) {
        report(`${path}.profile`, `keystores.pkcs12.profile is ${profile === '' ? 'not set (default LegacyRC2)' : 'LegacyRC2'}`);
      }
    }
  },
  fix: 'set profile to Modern2023',
};
