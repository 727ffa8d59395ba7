import { mapping, mappings, text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

export const derKeyNotPkcs8: Rule<CertificateNode> = {
  id: 'der-key-not-pkcs8',
  code: 'PGTLS-C03',
  severity: Severity.WARNING,
  title: 'DER private key not in PKCS#8',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('pkg/controller/certificates/issuing/internal/secret.go', 'key.der has the encoding of the PEM'),
    source('pgjdbc, LazyKeyManager: only PKCS#8 is read', 'https://github.com/pgjdbc/pgjdbc/blob/REL42.7.7/pgjdbc/src/main/java/org/postgresql/ssl/LazyKeyManager.java'),
  ],
  check: ({ spec, keyAlgorithm }, report) => {
    const encoding = text(mapping(spec['privateKey'])['encoding']) || 'PKCS1';
    const hasDer = mappings(spec['additionalOutputFormats']).some(({ type }) => type === 'DER');
    // An Ed25519 key has no other encoding.
    if (hasDer && encoding === 'PKCS1' && keyAlgorithm !== 'Ed25519') {
      report('spec.privateKey.encoding', 'additionalOutputFormats includes DER (key.der), but privateKey.encoding is PKCS1');
    }
  },
  fix: 'set privateKey.encoding to PKCS8, which JDBC, Node.js, Go and libpq all read',
};
