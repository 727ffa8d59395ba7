import { called } from '../../kubernetes';
import { callsPgCtlReload, finds0770, orphaningProbes, PodSubject } from '../../workloads';
import { Basis, Rule } from '../engine/rule';
import { Severity } from '../engine/finding';

/** What is proven about the processes around PostgreSQL. */
export const PROCESS_RULES: ReadonlyArray<Rule<PodSubject>> = [
  {
    code: 'PGTLS-T05',
    title: 'pg_ctl reload from another container',
    basis: Basis.STALLS,
    source: 'PostgreSQL pg_ctl: it signals the process number in postmaster.pid, which is 1 and in the other container itself',
    broken: (subject) => (subject.servers.length === 0 || subject.pod.sharesProcesses ? [] : subject.pod.containers
      .filter((container) => !container.isInit && subject.servers.every((server) => server.container !== container) && callsPgCtlReload(subject, container))
      .map(({ name }) => `container '${name}' calls pg_ctl reload, which reports success and reaches nobody: '${subject.servers[0]!.container.name}' has processes of its own`)),
    remedy: 'call SELECT pg_reload_conf() over the socket, or set shareProcessNamespace',
  },
  {
    code: 'PGTLS-T06',
    severity: Severity.WARNING,
    title: 'a probe in a shell beside PostgreSQL as process 1',
    basis: Basis.PEER,
    source: 'docker-library/postgres issue 1349: PostgreSQL ends every session when an orphan that it adopted ends with an unexpected status',
    broken: ({ servers }) => servers.filter(({ adoptsOrphans }) => adoptsOrphans).flatMap(({ container }) => orphaningProbes(container)
      .map(({ probe, script }) => `${probe} of container '${container.name}' runs a shell that waits for '${script.trim().split('\n')[0]}'; killed at its timeout, it leaves an orphan to PostgreSQL`)),
    remedy: 'call pg_isready without a shell, or with exec in it',
  },
  {
    code: 'PGTLS-T12',
    severity: Severity.WARNING,
    title: 'PGDATA opened to the group at every start',
    basis: Basis.STALLS,
    source: 'PostgreSQL refuses a data directory with other modes than 0700 and 0750; Kubernetes adds group bits for the fsGroup',
    broken: (subject) => subject.servers.filter((server) => finds0770(subject, server))
      .map(({ container }) => `container '${container.name}' starts postgres itself in a pod with fsGroup, whose walk over the volume opens PGDATA to the group`),
    remedy: 'set fsGroupChangePolicy OnRootMismatch, or chmod 0700 PGDATA before the start',
  },
  {
    code: 'PGTLS-T14',
    severity: Severity.WARNING,
    title: 'PostgreSQL below a shell as process 1',
    basis: Basis.STALLS,
    source: 'a shell passes no signal on: at the end of the grace period PostgreSQL is killed and has to recover',
    broken: ({ servers, at }) => servers.filter(({ program }) => program.first === 'shell' && !/\btrap\b/.test(program.script ?? ''))
      .map(({ container, pod }) => (pod.sharesProcesses ? '' : `container '${container.name}' of ${called(at)} runs postgres below a shell, which the stop signal does not pass`))
      .filter((fault) => fault !== ''),
    remedy: 'write exec before it',
  },
];
