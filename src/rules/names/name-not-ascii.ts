import { forEachString } from '../../data';
import { isAscii } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, certManagerIssue } from '../engine/sources';

const ASCII_LISTS = ['dnsNames', 'uris', 'emailAddresses'] as const;

export const nameNotAscii: Rule<CertificateNode> = {
  id: 'name-not-ascii',
  code: 'PGTLS-B06',
  title: 'non-ASCII DNS name, URI or email address',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/util/pki/sans.go'), certManagerIssue(9139, 'no CertificateRequest is created, and up to 1.21 no event is written')],
  check: ({ spec }, report) => {
    for (const field of ASCII_LISTS) {
      forEachString(spec[field], (entry, index) => {
        if (!isAscii(entry)) { report(`spec.${field}[${index}]`, `${field} entry '${entry}' is not ASCII, so cert-manager never issues it`); }
      });
    }
  },
  fix: 'encode it: punycode for host names, percent-encoding for paths',
};
