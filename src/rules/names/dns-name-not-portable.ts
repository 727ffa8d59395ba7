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
  check: (certificate, report) => {
    forEachString(certificate.spec['dnsNames'], (name, index) => {
      if (name === certificate.commonName && isForClientsOnly(certificate)) { return; }
      const fault = unusualDnsName(name);
      if (fault !== undefined && isAscii(name) && unmatchableDnsName(name) === undefined) { report(`spec.dnsNames[${index}]`, `dnsNames entry '${name}' ${fault}`); }
    });
  },
  fix: 'use lower case and hyphens, without a trailing dot',
};

/** Whether peers accept it from a client alone: then its names are identities, and no host has them. */
function isForClientsOnly({ isCa, extendedKeyUsages }: CertificateNode): boolean {
  return !isCa && extendedKeyUsages.length > 0 && !['server auth', 'any'].some((usage) => extendedKeyUsages.includes(usage));
}
