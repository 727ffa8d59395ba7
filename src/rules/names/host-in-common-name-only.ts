import { isFilled } from './is-filled';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { goFile, postgresFile, rfc } from '../engine/sources';

export const hostInCommonNameOnly: Rule<CertificateNode> = {
  id: 'host-in-common-name-only',
  code: 'PGTLS-B12',
  severity: Severity.WARNING,
  title: 'server certificate with its host name in the common name only',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    rfc(6125, '6.4.4'),
    postgresFile('src/interfaces/libpq/fe-secure-openssl.c', 'libpq still falls back to the common name'),
    goFile('crypto/x509/verify.go', 'VerifyHostname ignores the common name'),
  ],
  check: ({ spec, isCa, usages, commonName }, report) => {
    if (!isCa && usages.includes('server auth') && commonName !== '' && !isFilled(spec['dnsNames']) && !isFilled(spec['ipAddresses'])) {
      report('spec.dnsNames', `dnsNames and ipAddresses are empty, the server certificate has only the commonName '${commonName}'`);
    }
  },
  fix: 'list every host name that clients connect to in dnsNames',
};
