import { ChangeKind } from './change-kind';
import { ConsentRule, consentTable } from './consent-table';
import { DatabaseRemoval, databaseRemovals, Removal } from './database-removal';
import { WorkloadChange } from './workload-change';
import { inNamespace } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence, when } from '../engine/rule';

const CLAIMS = "Kubernetes, StatefulSets: claims belong to the StatefulSet's name and namespace, and stay when it is deleted unless it "
  + 'says otherwise';

/** What is proven about databases that are in force and that the app no longer has under their name. */
export const DATABASE_REMOVAL_RULES = consentTable(databaseRemovals, [
  {
    code: 'PGTLS-S03',
    title: 'a database that is no longer in the app',
    consequence: Consequence.NEVER_READY,
    source: CLAIMS,
    consents: [ChangeKind.DATABASE_REMOVED],
    check: (removal) => when(removal.kind === Removal.REMOVED, () => `${inForce(removal)} is no longer in the app: who applies the `
      + `manifests and prunes stops the database, and ${claimsOf(removal)}`),
    fix: 'keep it in the app, or take a dump before it goes',
  },
  {
    code: 'PGTLS-S04',
    title: 'a database that gets another name',
    consequence: Consequence.NEVER_READY,
    source: CLAIMS,
    consents: [ChangeKind.DATABASE_RENAMED, ChangeKind.DATABASE_REMOVED],
    check: (removal) => when(removal.kind === Removal.RENAMED, () =>
      `${inForce(removal)} is no longer in the app, and ${removal.after!.called} is new: it starts empty, and ${claimsOf(removal)}`),
    fix: 'keep its name (property name, where only the construct id changes); to rename it, have both for a while and copy the data '
      + 'with a dump',
  },
  {
    code: 'PGTLS-S05',
    title: 'a database that moves to another namespace',
    consequence: Consequence.NEVER_READY,
    source: CLAIMS,
    consents: [ChangeKind.DATABASE_MOVED, ChangeKind.DATABASE_REMOVED],
    check: (removal) => when(removal.kind === Removal.MOVED, () =>
      `${inForce(removal)} is no longer in the app, and ${removal.after!.called}${inNamespace(removal.after!.at.namespace)} is new: it `
        + `starts empty, and ${claimsOf(removal)}`),
    fix: 'keep its namespace; to move it, have both for a while and copy the data with a dump',
  },
] satisfies ConsentRule<DatabaseRemoval>[]);

/** What is proven about databases that stay, and that change in more than their volumes. */
export const DATABASE_CHANGE_RULES = consentTable(WorkloadChange.of, [
  {
    code: 'PGTLS-S11',
    severity: Severity.WARNING,
    title: 'a server that loses TLS',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, SSL Support: sslmode require and stronger refuse a server without TLS',
    check: (change) => when(change.before.tls === true && change.after.tls === false, () =>
      `${change.called} has TLS in force and none from now on: clients with sslmode=require and stronger are refused, and passwords and `
        + 'data of all others travel in plaintext'),
    fix: 'keep tls, or move every client to passwords and sslmode=prefer first and acknowledge the warning',
  },
  {
    code: 'PGTLS-S12',
    severity: Severity.WARNING,
    title: 'an initialisation that changes for a data directory that exists',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, initdb; docker-library/postgres, Initialization scripts: both are for an empty data directory',
    check: (change) => {
      const changed = change.keepsData && !change.changesMajor ? initializationChanges(change) : [];
      return when(changed.length > 0, () => `${change.called} is initialised with ${changed.join(', ')}: that has no effect on the data `
        + 'directory in force');
    },
    fix: 'undo it, or make a new database and restore a dump into it; acknowledge the warning where it is for databases to come',
  },
  {
    code: 'PGTLS-S13',
    title: 'another major version of PostgreSQL',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, Upgrading a PostgreSQL Cluster: a server starts on data of its own major version only',
    consents: [ChangeKind.MAJOR_UPGRADED],
    check: (change) => when(change.changesMajor, () => `${change.called} runs PostgreSQL ${change.before.major} in force and `
      + `${change.after.major} from now on: `
      + `the data is of ${change.before.major}, so the running pod is stopped and the new one does not start`),
    fix: 'keep the major version; to change it, make a new database of that version and restore a dump into it, or convert the data '
      + 'with pg_upgrade while the server is stopped',
  },
] satisfies ConsentRule<WorkloadChange>[]);

function inForce({ before }: DatabaseRemoval): string {
  return `${before.called}${inNamespace(before.at.namespace)}, in force,`;
}

/** What becomes of the old data. */
function claimsOf({ before, pruned }: DatabaseRemoval): string {
  const isMany = (names: ReadonlyArray<string>) => names.length > 1;
  if (pruned.length > 0) { return `its data is deleted with ${pruned.join(' and ')}, which ${isMany(pruned) ? 'are' : 'is'} no longer in the app either`; }
  const names = [...before.claims.keys()].map((claim) => `'${claim}-${before.at.name}-0'`);
  if (names.length === 0) { return `its data stays on ${before.data!.description} as long as that exists`; }
  const claims = `its volume claim${isMany(names) ? 's' : ''} ${names.join(' and ')}`;
  if (before.retention.whenDeleted !== 'Delete') { return `${claims} ${isMany(names) ? 'stay' : 'stays'} behind unused`; }
  return `${claims}, with all data, ${isMany(names) ? 'are' : 'is'} deleted with it (whenDeleted Delete)`;
}

/** Options with both values; of everything else only the name, since a value may be a password. */
function initializationChanges({ before, after }: WorkloadChange): string[] {
  const [from, to] = [before.initialization, after.initialization];
  const names = [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name) !== to.get(name));
  return names.map((name) => {
    const isOption = name.startsWith('initdb');
    return isOption ? `${name} ${to.get(name) ?? 'left out'} in place of ${from.get(name) ?? 'nothing'}` : `another ${name.replace(/^the /, 'set of ')}`;
  });
}
