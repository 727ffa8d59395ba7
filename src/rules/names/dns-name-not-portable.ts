import { strings } from '../../data';
import { isAscii, unmatchableDnsName, unusualDnsName } from '../../formats';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const dnsNameNotPortable: Rule<CertificateNode> = {
  id: 'dns-name-not-portable',
  code: 'PGTLS-B20',
  severity: Severity.WARNING,
  title: 'DNS name in a form that some TLS clients do not match',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Go crypto/x509 and libpq compare a trailing dot literally; RFC 952 has no underscore; public CAs reject both',
  check: ({ spec }) =>
    strings(spec['dnsNames']).flatMap((name) => {
      const fault = unusualDnsName(name);
      return when(fault !== undefined && isAscii(name) && unmatchableDnsName(name) === undefined, () => `dnsNames entry '${name}' ${fault}`);
    }),
  fix: 'use lower case and hyphens, without a trailing dot',
};
