import { strings } from '../../data';
import { isAscii } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

const ASCII_LISTS = ['dnsNames', 'uris', 'emailAddresses'] as const;

export const nameNotAscii: Rule<CertificateNode> = {
  id: 'name-not-ascii',
  code: 'PGTLS-B06',
  title: 'non-ASCII DNS name, URI or email address',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/util/pki/sans.go; cert-manager issue 9139: no CertificateRequest is created, and up to 1.21 no event is written',
  check: ({ spec }) =>
    ASCII_LISTS.flatMap((field) =>
      strings(spec[field]).filter((entry) => !isAscii(entry)).map((entry) => `${field} entry '${entry}' is not ASCII, so cert-manager never issues it`)),
  fix: 'encode it: punycode for host names, percent-encoding for paths',
};
