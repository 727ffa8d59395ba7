import { environmentKeys } from './environment-keys';
import { displayName } from '../../kubernetes';
import { type CertificateNode, producesKey } from '../../pki';
import { certificateOf, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, kubernetesFile } from '../engine/sources';

export const secretKeyNotWritten: Rule<PodContext> = {
  id: 'secret-key-not-written',
  code: 'PGTLS-C06',
  title: 'volume or variable uses a Secret key that the Certificate does not write',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesFile('pkg/volume/secret/secret.go', 'references non-existent secret key'),
    certManagerFile('pkg/controller/certificates/issuing/internal/secret.go', 'the keys of the Secret'),
  ],
  check: (context, report) => {
    for (const source of context.pod.sources) {
      const certificate = source.optional ? undefined : certificateOf(context.pod, context.manifests, source);
      for (const [index, { key }] of (source.items ?? []).entries()) {
        if (certificate !== undefined && producesKey(certificate, key) === false) {
          report(`${source.field}.items[${index}].key`, `volume '${source.volume}' uses key '${key}' of Secret '${source.name}', ${missing(certificate, key)}`);
        }
      }
    }
    for (const { container, field, name, key, isOptional, certificate } of environmentKeys(context)) {
      if (!isOptional && key !== undefined && producesKey(certificate, key) === false) {
        report(`${field}.key`, `variable '${name}' of container '${container.name}' uses key '${key}' of Secret '${certificate.secretName}', ${missing(certificate, key)}`);
      }
    }
  },
  fix: 'use a key that the Secret contains, or configure the Certificate to write it (additionalOutputFormats, keystores, an issuer that provides ca.crt)',
};

function missing({ at, issuer }: CertificateNode, key: string): string {
  return /^(ca\.crt|truststore\.)/.test(key) && issuer?.providesCaCertificate === false
    ? `which ${displayName(issuer.at)} does not provide`
    : `which ${displayName(at)} does not write`;
}
