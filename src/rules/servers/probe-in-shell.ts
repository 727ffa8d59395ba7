import { orphaningProbes, PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const probeInShell: Rule<PodContext> = {
  id: 'probe-in-shell',
  code: 'PGTLS-T06',
  severity: Severity.WARNING,
  title: 'probe in a shell where PostgreSQL is process 1',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'docker-library/postgres issue 1349: PostgreSQL ends every session when an adopted orphan process exits with an unexpected status',
  check: ({ servers }) => servers.filter(({ adoptsOrphans }) => adoptsOrphans).flatMap(({ container }) => orphaningProbes(container)
    .map(({ probe, script }) => `${probe} of container '${container.name}' runs '${script.trim().split('\n')[0]}' in a shell: when the probe times out, the killed shell leaves an orphan process to PostgreSQL`)),
  fix: 'run pg_isready without a shell, or with exec in the shell',
};
