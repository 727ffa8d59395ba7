import { PodContext, PodFile } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const tlsVolumeOptional: Rule<PodContext> = {
  id: 'tls-volume-optional',
  code: 'PGTLS-F04',
  title: 'optional Secret volume for TLS files',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, Secrets: an optional Secret that does not exist yet is mounted as an empty directory',
  check: (context) =>
    [...new Set([...tlsFiles(context).map(({ source }) => source), ...context.servers.flatMap(({ presumedMounts }) => presumedMounts).map(({ source }) => source)])]
      .filter(({ kind, optional }) => kind === 'Secret' && optional)
      .map(({ name, volume }) => `volume '${volume}' with Secret '${name}' is optional: PostgreSQL starts without the files if the certificate is not issued yet`),
  fix: 'remove optional: kubelet then keeps the pod waiting until the Secret exists',
};

function tlsFiles({ servers, clients }: PodContext): PodFile[] {
  return [...servers, ...clients].flatMap(({ certificateFile, keyFile, caFile }) => [certificateFile, keyFile, caFile]).filter((file) => file !== undefined);
}
