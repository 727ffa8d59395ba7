import { orphaningProbes, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const probeInShell: Rule<PodContext> = {
  id: 'probe-in-shell',
  code: 'PGTLS-T06',
  severity: Severity.WARNING,
  title: 'probe in a shell where PostgreSQL is process 1',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    source('docker-library/postgres issue 1349: PostgreSQL ends every session when an adopted orphan process exits with an unexpected status', 'https://github.com/docker-library/postgres/issues/1349'),
  ],
  check: ({ servers }, report) => {
    for (const { container, program } of servers.filter(({ adoptsOrphans }) => adoptsOrphans)) {
      for (const { field, probe, script } of orphaningProbes(container, program.layout === 'sclorg')) {
        report(field, `${probe} of container '${container.name}' runs '${script.trim().split('\n')[0]}' in a shell: `
          + 'when the probe times out, the killed shell leaves an orphan process to PostgreSQL');
      }
    }
  },
  fix: 'run pg_isready without a shell, or with exec in the shell',
};
