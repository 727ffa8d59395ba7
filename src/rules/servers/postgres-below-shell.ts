import { argumentField, displayName } from '../../kubernetes';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { kubernetesPage, postgresPage } from '../engine/sources';

export const postgresBelowShell: Rule<PodContext> = {
  id: 'postgres-below-shell',
  code: 'PGTLS-T14',
  severity: Severity.WARNING,
  title: 'PostgreSQL is the child of a shell that is process 1',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesPage('concepts/workloads/pods/pod-lifecycle/', 'Pod Lifecycle', 'the stop signal is sent to process 1, and every process is killed at the end of the grace period'),
    postgresPage('server-shutdown.html', 'Shutting Down the Server', 'a server that is killed needs recovery at its next start'),
  ],
  check: ({ servers, at }, report) => {
    for (const { container, pod, program } of servers) {
      if (program.first === 'shell' && !pod.sharesProcesses && !/\btrap\b/.test(program.script ?? '')) {
        report(argumentField(container, (word) => word === program.script),
          `container '${container.name}' of ${displayName(at)} runs postgres as the child of a shell, which does not forward the stop signal`);
      }
    }
  },
  fix: 'start postgres with exec',
};
