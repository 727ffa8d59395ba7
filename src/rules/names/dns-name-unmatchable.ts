import { strings } from '../../data';
import { isAscii, unmatchableDnsName } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const dnsNameUnmatchable: Rule<CertificateNode> = {
  id: 'dns-name-unmatchable',
  code: 'PGTLS-B07',
  title: 'DNS name that no TLS client can match',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'RFC 6125; OpenSSL; libpq fe-secure-common.c',
  check: ({ spec }) =>
    strings(spec['dnsNames']).filter(isAscii).flatMap((name) => {
      const fault = unmatchableDnsName(name);
      return when(fault !== undefined, () => `dnsNames entry '${name}' ${fault}`);
    }),
  fix: 'set a host name that clients can connect to',
};
