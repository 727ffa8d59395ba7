import { dnsSubdomainError } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const secretNameInvalid: Rule<CertificateNode> = {
  id: 'secret-name-invalid',
  code: 'PGTLS-A01',
  title: 'secretName is not a valid Secret name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec, secretName }, report) => {
    // The schema rule rejects a value that is not a string (PGTLS-A13).
    if (typeof (spec['secretName'] ?? '') !== 'string') { return; }
    const fault = secretName === '' ? 'is empty' : dnsSubdomainError(secretName);
    if (fault !== undefined) { report('spec.secretName', `secretName '${secretName}' ${fault}`); }
  },
  fix: 'set a DNS subdomain (RFC 1123) of at most 253 characters',
};
