import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

export const initializationChanged: ConsentRule<WorkloadChange> = {
  id: 'initialization-changed',
  code: 'PGTLS-S12',
  severity: Severity.WARNING,
  title: 'initialization changes for an existing data directory',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, initdb; docker-library/postgres, Initialization scripts: both apply to an empty data directory only',
  check: (change) => {
    const changed = change.keepsData && !change.changesMajor ? initializationChanges(change) : [];
    return when(changed.length > 0, () => `${change.called} is initialized with ${changed.join(', ')}: this has no effect on the existing `
      + 'data directory');
  },
  fix: 'undo the change, or create a new database and restore a dump into it; acknowledge the warning if the change is for future databases',
};

/** Options with both values; of everything else only the name, because a value may be a password. */
function initializationChanges({ before, after }: WorkloadChange): string[] {
  const [from, to] = [before.initialization, after.initialization];
  const names = [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name) !== to.get(name));
  return names.map((name) => {
    const isOption = name.startsWith('initdb');
    return isOption ? `${name} ${to.get(name) ?? 'not set'} instead of ${from.get(name) ?? 'not set'}` : `another ${name.replace(/^the /, 'set of ')}`;
  });
}
