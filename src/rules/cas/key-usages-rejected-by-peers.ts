import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { opensslFile } from '../engine/sources';

/** Synonyms in cert-manager. Source: cert-manager pkg/apis/certmanager/v1/types.go. */
const SIGNING = ['digital signature', 'signing'];

export const keyUsagesRejectedByPeers: Rule<CertificateNode> = {
  id: 'key-usages-rejected-by-peers',
  code: 'PGTLS-E09',
  title: 'key usages that TLS peers reject',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [opensslFile('crypto/x509/v3_purp.c', 'any is not a purpose; a client signs, a server signs or decrypts keys')],
  check: ({ isCa, keyUsages, extendedKeyUsages }, report) => {
    if (isCa) { return; }
    const can = (...usages: string[]) => keyUsages.length === 0 || usages.some((usage) => keyUsages.includes(usage));
    const listed = keyUsages.join(', ');
    if (extendedKeyUsages.length > 0 && extendedKeyUsages.every((usage) => usage === 'any')) {
      report('spec.usages', "usages has 'any' as the only extended key usage");
    }
    if (extendedKeyUsages.includes('client auth') && !can(...SIGNING)) {
      report('spec.usages', `usages of a client certificate are ${listed}, without digital signature`);
    }
    if (extendedKeyUsages.includes('server auth') && !can(...SIGNING, 'key encipherment', 'key agreement')) {
      report('spec.usages', `usages of a server certificate are ${listed}, without digital signature`);
    }
  },
  fix: 'use digital signature and key encipherment, with server auth, client auth or both',
};
