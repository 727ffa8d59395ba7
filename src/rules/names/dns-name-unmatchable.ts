import { forEachString } from '../../data';
import { isAscii, unmatchableDnsName } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile, rfc } from '../engine/sources';

export const dnsNameUnmatchable: Rule<CertificateNode> = {
  id: 'dns-name-unmatchable',
  code: 'PGTLS-B07',
  title: 'DNS name that no TLS client can match',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [rfc(6125, '6.4.3'), postgresFile('src/interfaces/libpq/fe-secure-common.c', 'wildcard_certificate_match')],
  check: ({ spec }, report) => {
    forEachString(spec['dnsNames'], (name, index) => {
      const fault = isAscii(name) ? unmatchableDnsName(name) : undefined;
      if (fault !== undefined) { report(`spec.dnsNames[${index}]`, `dnsNames entry '${name}' ${fault}`); }
    });
  },
  fix: 'set a host name that clients can connect to',
};
