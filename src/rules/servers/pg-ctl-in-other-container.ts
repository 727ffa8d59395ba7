import { argumentField } from '../../kubernetes';
import { callsPgCtlReload, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile } from '../engine/sources';

export const pgCtlInOtherContainer: Rule<PodContext> = {
  id: 'pg-ctl-in-other-container',
  code: 'PGTLS-T05',
  title: 'pg_ctl reload from another container has no effect',
  consequence: Consequence.NEVER_READY,
  sources: [
    postgresFile('src/bin/pg_ctl/pg_ctl.c', 'do_reload signals the process number in postmaster.pid; that is 1, which in the other container is another process'),
  ],
  check: (context, report) => {
    const { pod, servers } = context;
    if (servers.length === 0 || pod.sharesProcesses) { return; }
    for (const container of pod.containers) {
      if (!container.isInit && servers.every((server) => server.container !== container) && callsPgCtlReload(context, container)) {
        report(argumentField(container, (word) => word.includes('pg_ctl')), `container '${container.name}' calls pg_ctl reload, which reports success and does not reach the server: `
          + `container '${servers[0]!.container.name}' has its own process namespace`);
      }
    }
  },
  fix: 'call SELECT pg_reload_conf() over the socket, or set shareProcessNamespace',
};
