import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { isFilled } from './identity-shared';

export const hostInCommonNameOnly: Rule<CertificateNode> = {
  id: 'host-in-common-name-only',
  code: 'PGTLS-B12',
  severity: Severity.WARNING,
  title: 'server certificate with its host name in the common name only',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'RFC 6125, 6.4.4: libpq and Node.js still fall back to the common name; Go, Java and browsers do not',
  check: ({ spec, isCa, usages, commonName }) =>
    when(!isCa && usages.includes('server auth') && commonName !== '' && !isFilled(spec['dnsNames']) && !isFilled(spec['ipAddresses']),
      () => `dnsNames and ipAddresses are empty, the server certificate has only the commonName '${commonName}'`),
  fix: 'list every host name that clients connect to in dnsNames',
};
