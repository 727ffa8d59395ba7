import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { isMisusedAsCa, isPinnedByPlugin, isTrustedByInjectionAlone } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

/** CloudNativePG and its plugins verify each other with exactly the certificates that the Service names. */
const CNPG_PLUGINS = source(
  'CloudNativePG, internal/controller/plugin_controller.go: trusts the certificate in the Secret that the Service of a plugin names',
  'https://github.com/cloudnative-pg/cloudnative-pg/blob/016c52a9fe14b51cef20e5e373c481756c667521/internal/controller/plugin_controller.go',
);

export const selfSignedLeaf: Rule<CertificateNode> = {
  id: 'self-signed-leaf',
  code: 'PGTLS-E10',
  severity: Severity.WARNING,
  title: 'self-signed certificate that is not a CA certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('pkg/controller/certificaterequests/selfsigned/selfsigned.go', 'ca.crt is the certificate itself'),
    certManagerFile('pkg/controller/cainjector/sources.go', 'cainjector copies ca.crt from the Secret after each renewal'),
    CNPG_PLUGINS,
  ],
  check: (certificate, report) => {
    // Where pods use it as a CA certificate, that is an error (PGTLS-E15).
    if (certificate.isCa || !certificate.signsItself || isMisusedAsCa(certificate)) { return; }
    if (!isTrustedByInjectionAlone(certificate) && !isPinnedByPlugin(certificate)) {
      report('spec.issuerRef.name', `${displayName(certificate.issuer!.at)} is selfSigned: peers must trust exactly this certificate, and the next one after each renewal`);
    }
  },
  fix: 'use a certificate signed by a CA, for example a CertificateAuthority',
  fixInYaml: 'use a certificate signed by a CA: refer to an issuer of type ca',
};
