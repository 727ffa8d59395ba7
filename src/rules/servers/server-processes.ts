import { displayName } from '../../kubernetes';
import { callsPgCtlReload, isPgdataGroupAccessible, orphaningProbes, PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

/** Rules for the processes around PostgreSQL. */
export const PROCESS_RULES: ReadonlyArray<Rule<PodContext>> = [
  {
    code: 'PGTLS-T05',
    title: 'pg_ctl reload from another container has no effect',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL pg_ctl: it signals the process number in postmaster.pid; that is 1, which in the other container is another process',
    check: (context) => (context.servers.length === 0 || context.pod.sharesProcesses ? [] : context.pod.containers
      .filter((container) => !container.isInit && context.servers.every((server) => server.container !== container) && callsPgCtlReload(context, container))
      .map(({ name }) => `container '${name}' calls pg_ctl reload, which reports success and does not reach the server: container '${context.servers[0]!.container.name}' has its own process namespace`)),
    fix: 'call SELECT pg_reload_conf() over the socket, or set shareProcessNamespace',
  },
  {
    code: 'PGTLS-T06',
    severity: Severity.WARNING,
    title: 'probe in a shell where PostgreSQL is process 1',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'docker-library/postgres issue 1349: PostgreSQL ends every session when an adopted orphan process exits with an unexpected status',
    check: ({ servers }) => servers.filter(({ adoptsOrphans }) => adoptsOrphans).flatMap(({ container }) => orphaningProbes(container)
      .map(({ probe, script }) => `${probe} of container '${container.name}' runs '${script.trim().split('\n')[0]}' in a shell: when the probe times out, the killed shell leaves an orphan process to PostgreSQL`)),
    fix: 'run pg_isready without a shell, or with exec in the shell',
  },
  {
    code: 'PGTLS-T12',
    severity: Severity.WARNING,
    title: 'fsGroup makes PGDATA accessible to the group at every start',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL rejects a data directory with a mode other than 0700 or 0750; kubelet adds group permissions for the fsGroup',
    check: (context) => context.servers.filter((server) => isPgdataGroupAccessible(context, server))
      .map(({ container }) => `container '${container.name}' starts postgres directly in a pod with fsGroup, and kubelet makes PGDATA accessible to that group`),
    fix: 'set fsGroupChangePolicy OnRootMismatch, or run chmod 0700 on PGDATA before the start',
  },
  {
    code: 'PGTLS-T14',
    severity: Severity.WARNING,
    title: 'PostgreSQL is the child of a shell that is process 1',
    consequence: Consequence.NEVER_READY,
    source: 'a shell does not forward signals: at the end of the grace period PostgreSQL is killed and needs crash recovery',
    check: ({ servers, at }) => servers.filter(({ program }) => program.first === 'shell' && !/\btrap\b/.test(program.script ?? ''))
      .map(({ container, pod }) => (pod.sharesProcesses ? '' : `container '${container.name}' of ${displayName(at)} runs postgres as the child of a shell, which does not forward the stop signal`))
      .filter((fault) => fault !== ''),
    fix: 'start postgres with exec',
  },
];
