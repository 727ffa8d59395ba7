import { isPgdataGroupAccessible, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { kubernetesFile, postgresFile } from '../engine/sources';

export const dataDirectoryGroupAccess: Rule<PodContext> = {
  id: 'data-directory-group-access',
  code: 'PGTLS-T12',
  severity: Severity.WARNING,
  title: 'fsGroup makes PGDATA accessible to the group at every start',
  consequence: Consequence.NEVER_READY,
  sources: [
    postgresFile('src/backend/utils/init/miscinit.c', 'checkDataDir rejects a data directory with a mode other than 0700 or 0750'),
    kubernetesFile('pkg/volume/volume_linux.go', 'kubelet adds group permissions for the fsGroup'),
  ],
  check: (context, report) => {
    for (const server of context.servers) {
      if (isPgdataGroupAccessible(context, server)) {
        report(context.pod.fieldOf('securityContext.fsGroupChangePolicy'),
          `container '${server.container.name}' starts postgres directly in a pod with fsGroup, and kubelet makes PGDATA accessible to that group`);
      }
    }
  },
  fix: 'set fsGroupChangePolicy OnRootMismatch, or run chmod 0700 on PGDATA before the start',
};
