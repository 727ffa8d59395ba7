import { strings } from '../../data';
import { isIpAddress } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, source } from '../engine/sources';

export const ipAddressInvalid: Rule<CertificateNode> = {
  id: 'ip-address-invalid',
  code: 'PGTLS-B04',
  title: 'invalid IP address in ipAddresses',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, source('Go net.ParseIP')],
  check: ({ spec }) => strings(spec['ipAddresses']).filter((ip) => !isIpAddress(ip)).map((ip) => `ipAddresses entry '${ip}' is not an IP address`),
  fix: 'set a plain IPv4 or IPv6 address, without leading zeros, mask, zone or port',
};
