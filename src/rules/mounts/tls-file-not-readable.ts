import { octal } from './octal';
import { groupBy } from '../../data';
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
    // One missing fsGroup hides all files of a Secret.
    const files = groupBy(unreadable(context), ({ container, source, mode }) => `${container.name} ${source.name} ${mode}`);
    for (const group of files.values()) {
      const { container, source, key, mode, path } = group[0]!;
      const keys = [...new Set(group.map((file) => file.key))].sort();
      report(context.pod.fieldOf('securityContext.fsGroup'), `container '${container.name}' does not run as root and the pod has no fsGroup, but `
        + `${keys.join(' and ')} of Secret '${source.name}' ${keys.length === 1 ? 'has' : 'have'} mode ${octal(mode)}; error: ${permissionDenied({ key, path })}`);
    }
  },
  fix: 'set fsGroup on the pod: kubelet then makes the files readable for that group',
};
