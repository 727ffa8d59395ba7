import { isIP } from 'node:net';
import type { AcmeOrder } from './acme-order';
import { commonNameField } from './requested-names';
import { isIpAddress } from '../../formats';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const acmeCommonNameNotInSans: Rule<AcmeOrder> = {
  id: 'acme-common-name-not-in-sans',
  code: 'PGTLS-B16',
  title: 'common name missing from dnsNames and ipAddresses of an ACME certificate',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/certificaterequests/acme/acme.go', 'InvalidOrder')],
  check: ({ certificate: { commonName, dnsNames, ipAddresses, spec } }, report) => {
    if (commonName !== '' && ![...dnsNames, ...ipAddresses, ...ipAddresses.map(canonicalAddress)].includes(commonName)) {
      report(commonNameField(spec), `commonName '${commonName}' is in neither dnsNames nor ipAddresses`);
    }
  },
  fix: 'add it to dnsNames, or remove it',
};

/** An address as Go prints it, which is what cert-manager compares. */
function canonicalAddress(address: string): string {
  return isIpAddress(address) && isIP(address) === 6 ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
}
