import { ChangeKind } from './change-kind';
import { ConsentRule, consentTable } from './consent-table';
import { DatabaseRemoval, databaseRemovals, Removal } from './database-removal';
import { WorkloadChange } from './workload-change';
import { inNamespace } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

const CLAIMS = 'Kubernetes, StatefulSets: volume claims belong to the name and namespace of the StatefulSet, and stay when it is deleted unless '
  + 'its retention policy is Delete';

/** Rules for currently applied databases that the app no longer contains under their name. */
export const DATABASE_REMOVAL_RULES = consentTable(databaseRemovals, [
  {
    code: 'PGTLS-S03',
    title: 'database removed from the app',
    consequence: Consequence.NEVER_READY,
    source: CLAIMS,
    consents: [ChangeKind.DATABASE_REMOVED],
    check: (removal) => when(removal.kind === Removal.REMOVED, () => `${currentlyApplied(removal)} is no longer in the app: applying `
      + `with pruning stops the database, and ${claimsOf(removal)}`),
    fix: 'keep the database in the app, or take a dump before it is removed',
  },
  {
    code: 'PGTLS-S04',
    title: 'database renamed',
    consequence: Consequence.NEVER_READY,
    source: CLAIMS,
    consents: [ChangeKind.DATABASE_RENAMED, ChangeKind.DATABASE_REMOVED],
    check: (removal) => when(removal.kind === Removal.RENAMED, () =>
      `${currentlyApplied(removal)} is no longer in the app, and ${removal.after!.called} is new: the new database starts empty, and ${claimsOf(removal)}`),
    fix: 'keep the name (set metadata.name if only the construct id changes); to rename the database, run both for a while and '
      + 'copy the data with a dump',
  },
  {
    code: 'PGTLS-S05',
    title: 'database moved to another namespace',
    consequence: Consequence.NEVER_READY,
    source: CLAIMS,
    consents: [ChangeKind.DATABASE_MOVED, ChangeKind.DATABASE_REMOVED],
    check: (removal) => when(removal.kind === Removal.MOVED, () =>
      `${currentlyApplied(removal)} is no longer in the app, and ${removal.after!.called}${inNamespace(removal.after!.at.namespace)} is new: the `
        + `new database starts empty, and ${claimsOf(removal)}`),
    fix: 'keep the namespace; to move the database, run both for a while and copy the data with a dump',
  },
] satisfies ConsentRule<DatabaseRemoval>[]);

/** Rules for changes of a database other than its volumes. */
export const DATABASE_CHANGE_RULES = consentTable(WorkloadChange.of, [
  {
    code: 'PGTLS-S11',
    severity: Severity.WARNING,
    title: 'TLS removed from a server',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, SSL Support: clients with sslmode=require or stronger reject a server without TLS',
    check: (change) => when(change.before.tls === true && change.after.tls === false, () =>
      `${change.called} loses TLS: clients with sslmode=require or stronger cannot connect, and all other clients send passwords and `
        + 'data in plaintext'),
    fix: 'keep tls, or move every client to passwords and sslmode=prefer first and acknowledge the warning',
  },
  {
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
  },
  {
    code: 'PGTLS-S13',
    title: 'PostgreSQL major version changes for an existing data directory',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, Upgrading a PostgreSQL Cluster: a server starts only with a data directory of its own major version',
    consents: [ChangeKind.MAJOR_UPGRADED],
    check: (change) => when(change.changesMajor, () => `${change.called} changes from PostgreSQL ${change.before.major} to `
      + `${change.after.major}: the data directory has the format of ${change.before.major}, so the running pod is stopped and the new pod does not start`),
    fix: 'keep the major version; to upgrade, create a new database of that version and restore a dump into it, or convert the data '
      + 'with pg_upgrade while the server is stopped',
  },
] satisfies ConsentRule<WorkloadChange>[]);

function currentlyApplied({ before }: DatabaseRemoval): string {
  return `${before.called}${inNamespace(before.at.namespace)} is currently applied and`;
}

/** What happens to the old data. */
function claimsOf({ before, pruned }: DatabaseRemoval): string {
  const isMany = (names: ReadonlyArray<string>) => names.length > 1;
  if (pruned.length > 0) { return `its data is deleted with ${pruned.join(' and ')}, which ${isMany(pruned) ? 'are' : 'is'} no longer in the app either`; }
  const names = [...before.claims.keys()].map((claim) => `'${claim}-${before.at.name}-0'`);
  if (names.length === 0) { return `its data stays on ${before.data!.description} as long as that volume exists`; }
  const claims = `its volume claim${isMany(names) ? 's' : ''} ${names.join(' and ')}`;
  if (before.retention.whenDeleted !== 'Delete') { return `${claims} ${isMany(names) ? 'remain' : 'remains'} unused`; }
  return `${claims}, with all data, ${isMany(names) ? 'are' : 'is'} deleted with it (whenDeleted Delete)`;
}

/** Options with both values; of everything else only the name, because a value may be a password. */
function initializationChanges({ before, after }: WorkloadChange): string[] {
  const [from, to] = [before.initialization, after.initialization];
  const names = [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name) !== to.get(name));
  return names.map((name) => {
    const isOption = name.startsWith('initdb');
    return isOption ? `${name} ${to.get(name) ?? 'not set'} instead of ${from.get(name) ?? 'not set'}` : `another ${name.replace(/^the /, 'set of ')}`;
  });
}
