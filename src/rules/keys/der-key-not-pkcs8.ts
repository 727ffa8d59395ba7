import { mapping, text } from '../../data';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { formatsOf } from './key-shared';

export const derKeyNotPkcs8: Rule<CertificateNode> = {
  id: 'der-key-not-pkcs8',
  code: 'PGTLS-C03',
  severity: Severity.WARNING,
  title: 'DER private key not in PKCS#8',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager issuing/internal/secret.go: key.der has the encoding of the PEM; pgjdbc LazyKeyManager reads only PKCS#8',
  check: ({ spec, keyAlgorithm }) => {
    const encoding = text(mapping(spec['privateKey'])['encoding']) || 'PKCS1';
    // An Ed25519 key has no other encoding.
    return when(formatsOf(spec).includes('DER') && encoding === 'PKCS1' && keyAlgorithm !== 'Ed25519',
      () => 'additionalOutputFormats includes DER (key.der), but privateKey.encoding is PKCS1');
  },
  fix: 'set privateKey.encoding to PKCS8, which JDBC, Node.js, Go and libpq all read',
};
