import type { PodContext, PodFile } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';

export const tlsVolumeOptional: Rule<PodContext> = {
  id: 'tls-volume-optional',
  code: 'PGTLS-F04',
  title: 'optional Secret volume for TLS files',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/configuration/secret/', 'Secrets', 'an optional Secret that does not exist yet is mounted as an empty directory')],
  check: (context, report) => {
    const presumed = context.servers.flatMap(({ presumedMounts }) => presumedMounts);
    for (const { field, kind, optional, name, volume } of new Set([...tlsFiles(context), ...presumed].map(({ source }) => source))) {
      if (kind === 'Secret' && optional) {
        report(`${field}.optional`, `volume '${volume}' with Secret '${name}' is optional: PostgreSQL starts without the files if the certificate is not issued yet`);
      }
    }
  },
  fix: 'remove optional: kubelet then keeps the pod waiting until the Secret exists',
};

function tlsFiles({ servers, clients }: PodContext): PodFile[] {
  return [...servers, ...clients].flatMap(({ certificateFile, keyFile, caFile }) => [certificateFile, keyFile, caFile])
    .filter((file) => file !== undefined).filter(({ isCopy }) => isCopy !== true);
}
