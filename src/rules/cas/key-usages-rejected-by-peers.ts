import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

/** Synonyms in cert-manager. Source: cert-manager pkg/apis/certmanager/v1/types.go. */
const SIGNING = ['digital signature', 'signing'];

export const keyUsagesRejectedByPeers: Rule<CertificateNode> = {
  id: 'key-usages-rejected-by-peers',
  code: 'PGTLS-E09',
  title: 'key usages that TLS peers reject',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'OpenSSL, X509_check_purpose: any is not a purpose; a client signs, a server signs or decrypts keys',
  check: ({ isCa, keyUsages, extendedKeyUsages }) => {
    const can = (...usages: string[]) => keyUsages.length === 0 || usages.some((usage) => keyUsages.includes(usage));
    const listed = keyUsages.join(', ');
    return isCa ? [] : [
      ...when(extendedKeyUsages.length > 0 && extendedKeyUsages.every((usage) => usage === 'any'),
        () => "usages has 'any' as the only extended key usage"),
      ...when(extendedKeyUsages.includes('client auth') && !can(...SIGNING), () => `usages of a client certificate are ${listed}, without digital signature`),
      ...when(extendedKeyUsages.includes('server auth') && !can(...SIGNING, 'key encipherment', 'key agreement'),
        () => `usages of a server certificate are ${listed}, without digital signature`),
    ];
  },
  fix: 'use digital signature and key encipherment, with server auth, client auth or both',
};
