import { forEachString } from '../../data';
import { isAscii, unmatchableDnsName, unusualDnsName } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { goFile, postgresFile, rfc, source } from '../engine/sources';

export const dnsNameNotPortable: Rule<CertificateNode> = {
  id: 'dns-name-not-portable',
  code: 'PGTLS-B20',
  severity: Severity.WARNING,
  title: 'DNS name in a form that some TLS clients do not match',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    goFile('crypto/x509/verify.go', 'a trailing dot is compared literally'),
    postgresFile('src/interfaces/libpq/fe-secure-common.c', 'likewise'),
    rfc(952, '', 'no underscore'),
    source('public CAs reject both'),
  ],
  check: ({ spec }, report) => {
    forEachString(spec['dnsNames'], (name, index) => {
      const fault = unusualDnsName(name);
      if (fault !== undefined && isAscii(name) && unmatchableDnsName(name) === undefined) { report(`spec.dnsNames[${index}]`, `dnsNames entry '${name}' ${fault}`); }
    });
  },
  fix: 'use lower case and hyphens, without a trailing dot',
};
