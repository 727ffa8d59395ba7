import { callsPgCtlReload, PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const pgCtlInOtherContainer: Rule<PodContext> = {
  id: 'pg-ctl-in-other-container',
  code: 'PGTLS-T05',
  title: 'pg_ctl reload from another container has no effect',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL pg_ctl: it signals the process number in postmaster.pid; that is 1, which in the other container is another process',
  check: (context) => (context.servers.length === 0 || context.pod.sharesProcesses ? [] : context.pod.containers
    .filter((container) => !container.isInit && context.servers.every((server) => server.container !== container) && callsPgCtlReload(context, container))
    .map(({ name }) => `container '${name}' calls pg_ctl reload, which reports success and does not reach the server: container '${context.servers[0]!.container.name}' has its own process namespace`)),
  fix: 'call SELECT pg_reload_conf() over the socket, or set shareProcessNamespace',
};
