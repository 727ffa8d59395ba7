import { strings } from '../../data';
import { bareAddressError, isAscii } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, source } from '../engine/sources';

export const emailAddressInvalid: Rule<CertificateNode> = {
  id: 'email-address-invalid',
  code: 'PGTLS-B05',
  title: 'invalid email address in emailAddresses',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, source('Go net/mail')],
  check: ({ spec }) =>
    strings(spec['emailAddresses']).filter(isAscii).flatMap((address) => {
      const fault = bareAddressError(address);
      return when(fault !== undefined, () => `emailAddresses entry '${address}' ${fault}`);
    }),
  fix: 'set user@host, without a display name, brackets or quotes',
};
