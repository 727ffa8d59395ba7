import { displayName } from '../../kubernetes';
import { callsPgCtlReload, isPgdataGroupAccessible, orphaningProbes, PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence, Rule } from '../engine/rule';

/** What is proven about the processes around PostgreSQL. */
export const PROCESS_RULES: ReadonlyArray<Rule<PodContext>> = [
  {
    code: 'PGTLS-T05',
    title: 'pg_ctl reload from another container',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL pg_ctl: it signals the process number in postmaster.pid, which is 1 and in the other container itself',
    check: (context) => (context.servers.length === 0 || context.pod.sharesProcesses ? [] : context.pod.containers
      .filter((container) => !container.isInit && context.servers.every((server) => server.container !== container) && callsPgCtlReload(context, container))
      .map(({ name }) => `container '${name}' calls pg_ctl reload, which reports success and reaches nobody: '${context.servers[0]!.container.name}' has processes of its own`)),
    fix: 'call SELECT pg_reload_conf() over the socket, or set shareProcessNamespace',
  },
  {
    code: 'PGTLS-T06',
    severity: Severity.WARNING,
    title: 'a probe in a shell beside PostgreSQL as process 1',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'docker-library/postgres issue 1349: PostgreSQL ends every session when an orphan that it adopted ends with an unexpected status',
    check: ({ servers }) => servers.filter(({ adoptsOrphans }) => adoptsOrphans).flatMap(({ container }) => orphaningProbes(container)
      .map(({ probe, script }) => `${probe} of container '${container.name}' runs a shell that waits for '${script.trim().split('\n')[0]}'; killed at its timeout, it leaves an orphan to PostgreSQL`)),
    fix: 'call pg_isready without a shell, or with exec in it',
  },
  {
    code: 'PGTLS-T12',
    severity: Severity.WARNING,
    title: 'PGDATA opened to the group at every start',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL refuses a data directory with other modes than 0700 and 0750; Kubernetes adds group bits for the fsGroup',
    check: (context) => context.servers.filter((server) => isPgdataGroupAccessible(context, server))
      .map(({ container }) => `container '${container.name}' starts postgres itself in a pod with fsGroup, whose walk over the volume opens PGDATA to the group`),
    fix: 'set fsGroupChangePolicy OnRootMismatch, or chmod 0700 PGDATA before the start',
  },
  {
    code: 'PGTLS-T14',
    severity: Severity.WARNING,
    title: 'PostgreSQL below a shell as process 1',
    consequence: Consequence.NEVER_READY,
    source: 'a shell passes no signal on: at the end of the grace period PostgreSQL is killed and has to recover',
    check: ({ servers, at }) => servers.filter(({ program }) => program.first === 'shell' && !/\btrap\b/.test(program.script ?? ''))
      .map(({ container, pod }) => (pod.sharesProcesses ? '' : `container '${container.name}' of ${displayName(at)} runs postgres below a shell, which the stop signal does not pass`))
      .filter((fault) => fault !== ''),
    fix: 'write exec before it',
  },
];
