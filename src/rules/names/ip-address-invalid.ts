import { forEachString } from '../../data';
import { isIpAddress } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, goFile } from '../engine/sources';

export const ipAddressInvalid: Rule<CertificateNode> = {
  id: 'ip-address-invalid',
  code: 'PGTLS-B04',
  title: 'invalid IP address in ipAddresses',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, goFile('net/ip.go', 'ParseIP')],
  check: ({ spec }, report) => {
    forEachString(spec['ipAddresses'], (ip, index) => {
      if (!isIpAddress(ip)) { report(`spec.ipAddresses[${index}]`, `ipAddresses entry '${ip}' is not an IP address`); }
    });
  },
  fix: 'set a plain IPv4 or IPv6 address, without leading zeros, mask, zone or port',
};
