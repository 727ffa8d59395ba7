import { octal } from './octal';
import { permissionDenied, type PodContext, unreadable } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

export const tlsFileNotReadable: Rule<PodContext> = {
  id: 'tls-file-not-readable',
  code: 'PGTLS-F02',
  title: 'certificate or private key file not readable by the process',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesFile('pkg/volume/volume_linux.go', 'files are owned by root, and only fsGroup gives them another group')],
  check: (context, report) => {
    for (const { container, source, key, mode, path } of unreadable(context)) {
      report(context.pod.fieldOf('securityContext.fsGroup'),
        `container '${container.name}' does not run as root and the pod has no fsGroup, but ${key} of Secret '${source.name}' has mode ${octal(mode)}; error: ${permissionDenied({ key, path })}`);
    }
  },
  fix: 'set fsGroup on the pod: kubelet then makes the files readable for that group',
};
