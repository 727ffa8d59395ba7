import { displayName } from '../../kubernetes';
import { PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const postgresBelowShell: Rule<PodContext> = {
  id: 'postgres-below-shell',
  code: 'PGTLS-T14',
  severity: Severity.WARNING,
  title: 'PostgreSQL is the child of a shell that is process 1',
  consequence: Consequence.NEVER_READY,
  source: 'a shell does not forward signals: at the end of the grace period PostgreSQL is killed and needs crash recovery',
  check: ({ servers, at }) => servers.filter(({ program }) => program.first === 'shell' && !/\btrap\b/.test(program.script ?? ''))
    .map(({ container, pod }) => (pod.sharesProcesses ? '' : `container '${container.name}' of ${displayName(at)} runs postgres as the child of a shell, which does not forward the stop signal`))
    .filter((fault) => fault !== ''),
  fix: 'start postgres with exec',
};
