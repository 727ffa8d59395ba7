import { displayName } from '../../kubernetes';
import { CertificateNode, producesKey } from '../../pki';
import { certificateOf, PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { environmentKeys } from './mount-shared';

export const secretKeyNotWritten: Rule<PodContext> = {
  id: 'secret-key-not-written',
  code: 'PGTLS-C06',
  title: 'volume or variable uses a Secret key that the Certificate does not write',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes pkg/volume/secret/secret.go; cert-manager pkg/controller/certificates/issuing/internal/secret.go',
  check: (context) => [
    ...context.pod.sources.filter(({ optional }) => !optional).flatMap((source) => (source.items ?? []).flatMap(({ key }) => {
      const certificate = certificateOf(context.pod, context.manifests, source);
      return when(certificate !== undefined && producesKey(certificate, key) === false,
        () => `volume '${source.volume}' uses key '${key}' of Secret '${source.name}', ${missing(certificate!, key)}`);
    })),
    ...environmentKeys(context).filter(({ isOptional, key, certificate }) => !isOptional && key !== undefined && producesKey(certificate, key) === false)
      .map(({ container, name, key, certificate }) => `variable '${name}' of container '${container.name}' uses key '${key}' of Secret '${certificate.secretName}', ${missing(certificate, key!)}`),
  ],
  fix: 'use a key that the Secret contains, or configure the Certificate to write it (additionalOutputFormats, keystores, an issuer that provides ca.crt)',
};

function missing({ at, issuer }: CertificateNode, key: string): string {
  return /^(ca\.crt|truststore\.)/.test(key) && issuer?.providesCaCertificate === false
    ? `which ${displayName(issuer.at)} does not provide`
    : `which ${displayName(at)} does not write`;
}
