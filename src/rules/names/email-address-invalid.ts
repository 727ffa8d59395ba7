import { forEachString } from '../../data';
import { bareAddressError, isAscii } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, goFile } from '../engine/sources';

export const emailAddressInvalid: Rule<CertificateNode> = {
  id: 'email-address-invalid',
  code: 'PGTLS-B05',
  title: 'invalid email address in emailAddresses',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, goFile('net/mail/message.go', 'ParseAddress')],
  check: ({ spec }, report) => {
    forEachString(spec['emailAddresses'], (address, index) => {
      const fault = isAscii(address) ? bareAddressError(address) : undefined;
      if (fault !== undefined) { report(`spec.emailAddresses[${index}]`, `emailAddresses entry '${address}' ${fault}`); }
    });
  },
  fix: 'set user@host, without a display name, brackets or quotes',
};
