import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import { postgresPage, source } from '../engine/sources';

export const initializationChanged: ConsentRule<WorkloadChange> = {
  id: 'initialization-changed',
  code: 'PGTLS-S12',
  severity: Severity.WARNING,
  title: 'initialization changes for an existing data directory',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('app-initdb.html', 'initdb', 'its options apply to an empty data directory only'),
    source('docker-library/postgres, docker-entrypoint.sh: variables and scripts apply to an empty data directory only',
      'https://github.com/docker-library/postgres/blob/5171511ccc2aad6385e44b0d60180a25f146b36f/docker-entrypoint.sh'),
  ],
  check: (change, report) => {
    const changed = change.keepsData && !change.changesMajor ? initializationChanges(change) : [];
    if (changed.length > 0) {
      report(changed[0]!.field, `${change.called} is initialized with ${changed.map(({ text }) => text).join(', ')}: this has no effect on the existing data directory`);
    }
  },
  fix: 'undo the change, or create a new database and restore a dump into it; acknowledge the warning if the change is for future databases',
};

/** Options with both values; of everything else only the name, because a value may be a password. */
function initializationChanges({ before, after }: WorkloadChange): Array<{ readonly field: string; readonly text: string }> {
  const [from, to] = [before.initialization, after.initialization];
  const names = [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name)?.value !== to.get(name)?.value);
  return names.map((name) => {
    const text = name.startsWith('initdb')
      ? `${name} ${to.get(name)?.value ?? 'not set'} instead of ${from.get(name)?.value ?? 'not set'}` : `another ${name.replace(/^the /, 'set of ')}`;
    return { field: to.get(name)?.field ?? '', text };
  });
}
