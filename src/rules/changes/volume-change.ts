import { canonical } from './canonical';
import { ChangeKind } from './change-kind';
import { ConsentRule, consentTable } from './consent-table';
import { claimField, WorkloadChange } from './workload-change';
import { mapping, Mapping, text, texts, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

const IMMUTABLE = 'Kubernetes pkg/apis/apps/validation, ValidateStatefulSetUpdate';

/** Rules for changes of volumes. They compare with the currently applied manifests, because a single synthesis does not show what exists. */
export const VOLUME_CHANGE_RULES = consentTable(WorkloadChange.of, [
  {
    code: 'PGTLS-S01',
    title: 'volume claim shrinks',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Expanding Persistent Volumes Claims: a volume can grow but not shrink',
    check: (change) => shrinking(change).map(({ name, before, after }) => `the volume claim '${name}' of ${change.called} is currently `
      + `${before} and shrinks to ${after}`),
    fix: 'keep the size; to use a smaller volume, create a new database and restore a dump into it',
  },
  {
    code: 'PGTLS-S02',
    severity: Severity.WARNING,
    title: 'immutable StatefulSet field changes',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: IMMUTABLE,
    check: (change) => {
      const changed = [...change.keptClaims.flatMap(claimChanges), ...change.immutableFields.others];
      const hasOtherFinding = change.replacesPod || shrinking(change).length > 0;
      return when(changed.length > 0 && !hasOtherFinding, () => `${change.called} changes ${changed.join(', ')}: the API server rejects this, `
        + 'and with it every other change of the StatefulSet');
    },
    fix: 'before applying, patch the existing claim if its size grows, and delete the StatefulSet with --cascade=orphan: selector '
      + 'and claim names stay the same, so the new StatefulSet adopts pod and data (docs/operations.md); then acknowledge the warning',
  },
  {
    code: 'PGTLS-S06',
    title: 'durable storage becomes ephemeral',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Volumes: an emptyDir starts empty and is deleted with the pod; an unused claim stays',
    consents: [ChangeKind.STORAGE_MADE_EPHEMERAL],
    check: (change) => when(change.becomesEphemeral, () =>
      `${change.called} moves its data from ${change.data!.before.description} to ${change.data!.after.description}: the database starts `
        + 'empty, again after every restart of its pod, and the old data stays in a claim that nothing uses'
        + claimsGo(change)),
    fix: 'keep the storage durable',
  },
  {
    code: 'PGTLS-S07',
    severity: Severity.WARNING,
    title: 'ephemeral storage becomes durable',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Volumes: an emptyDir is deleted with the pod',
    check: (change) => when(change.becomesDurable, () =>
      `${change.called} moves its data from ${change.data!.before.description} to ${change.data!.after.description}: the new volume is `
        + 'empty, and the data of the running pod is lost, as at every restart so far'),
    fix: 'dump the data that you need, delete the StatefulSet, apply and restore the dump; then acknowledge the warning',
  },
  {
    code: 'PGTLS-S08',
    title: 'volume claims are deleted together with the database',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, StatefulSets: PersistentVolumeClaim retention',
    consents: [ChangeKind.CLAIMS_DELETED_WITH_DATABASE],
    check: (change) => (change.keptClaims.length === 0 ? [] : ['whenDeleted', 'whenScaled'] as const)
      .filter((field) => change.before.retention[field] !== 'Delete' && change.after.retention[field] === 'Delete')
      .map((field) => `${change.called} currently retains its claims and changes ${field} to Delete: `
        + `${field === 'whenDeleted' ? 'deleting the StatefulSet' : 'scaling to 0'} deletes the data`),
    fix: 'keep the deletion policy',
  },
  {
    code: 'PGTLS-S09',
    title: 'write-ahead log moves to its own volume',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, initdb --waldir: the location of the log is a symbolic link in the data directory, created once',
    consents: [ChangeKind.WAL_RELOCATED],
    check: (change) => when(change.wal !== undefined && change.wal.before === undefined, () =>
      `${change.called} gets ${change.wal!.after} for the write-ahead log, but the log is in the existing data directory and stays there: `
        + 'the new volume stays empty'),
    fix: 'remove the volume; to move the log, stop the server, move pg_wal to the new volume, link to it and recreate the '
      + 'StatefulSet (docs/operations.md)',
  },
  {
    code: 'PGTLS-S10',
    title: 'write-ahead log loses its volume',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, initdb --waldir: pg_wal is a symbolic link; a server without its log does not start',
    consents: [ChangeKind.WAL_RELOCATED],
    check: (change) => when(change.wal?.before !== undefined, () =>
      `${change.called} currently has its write-ahead log on ${change.wal!.before} and `
        + `${change.wal!.after === undefined ? 'loses that volume' : `expects it on ${change.wal!.after}`}: the server does not `
        + 'start, and commits that are only in the log are lost with the volume'),
    fix: 'keep the volume; to move the log back, stop the server, replace the link pg_wal with the directory and recreate the '
      + 'StatefulSet (docs/operations.md)',
  },
  {
    code: 'PGTLS-S15',
    severity: Severity.WARNING,
    title: 'dataSource of an existing volume claim changes',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: IMMUTABLE,
    check: (change) => change.keptClaims
      .filter(({ before, after }) => SOURCES.some((path) => claimField(before, path) !== claimField(after, path)))
      .map(({ name, after }) => `the volume claim '${name}' of ${change.called} ${isFilled(after) ? 'gets another' : 'loses its'} dataSource: `
        + 'the API server rejects this, and the existing volume would not be filled from it'),
    fix: 'to restore from a snapshot, create a new database with another name; otherwise leave dataSource unchanged',
  },
  {
    code: 'PGTLS-S16',
    severity: Severity.WARNING,
    title: 'StatefulSet must be recreated together with its pod',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${IMMUTABLE}; a StatefulSet does not adopt a pod that its selector does not match, and creates none beside it (tried on 1.36)`,
    check: remakes,
    fix: 'before applying, delete the StatefulSet with --cascade=orphan and then its pod: the claims stay, also with whenDeleted '
      + 'Delete, and the new pod uses them (docs/operations.md); then acknowledge the warning',
  },
  {
    code: 'PGTLS-S18',
    title: 'volume, claim or path of the data directory changes',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, StatefulSets: a claim is found by the name of its template; PostgreSQL, PGDATA',
    consents: [ChangeKind.DATA_RELOCATED],
    check: (change) => [...relocated(change), ...dropped(change)],
    fix: 'keep the name of the volume, its claim and the path; to move the data, stop the server, copy the data directory and recreate '
      + 'the StatefulSet (docs/operations.md)',
  },
  {
    code: 'PGTLS-S19',
    title: 'volume claim or namespace with the data of a database removed from the app',
    consequence: Consequence.NEVER_READY,
    source: 'Argo CD, Automated Sync Policy; kubectl apply --prune: objects that are no longer in the manifests are deleted; Kubernetes '
      + 'deletes a namespace with everything in it',
    consents: [ChangeKind.DATA_RELOCATED],
    check: (change) => (change.before.isPostgres ? change.pruned : []).map((object) => `${object} is currently applied, holds the data of `
      + `${change.called} and is no longer in the app: applying with pruning deletes the data`),
    fix: 'keep it in the app, or exclude it from pruning before you remove it',
  },
] satisfies ConsentRule<WorkloadChange>[]);

const SOURCES = ['spec.dataSource', 'spec.dataSourceRef'];

function isFilled(claim: Mapping): boolean {
  return SOURCES.some((path) => claimField(claim, path) !== '');
}

/** The kept claims whose size gets smaller. */
function shrinking(change: WorkloadChange): Array<{ name: string; before: string; after: string }> {
  return change.keptClaims.map(({ name, before, after }) => ({ name, before: sizeOf(before), after: sizeOf(after) }))
    .filter((claim) => (parseQuantity(claim.after) ?? Infinity) < (parseQuantity(claim.before) ?? 0));
}

/** The differences in the template of a claim, and their effect on the existing claim. */
function claimChanges({ name, before, after }: { name: string; before: Mapping; after: Mapping }): string[] {
  const [size, newSize] = [sizeOf(before), sizeOf(after)];
  const changed = (path: string) => claimField(before, path) !== claimField(after, path);
  const known = [
    ...when((parseQuantity(size) ?? size) !== (parseQuantity(newSize) ?? newSize), () => `the size of volume claim '${name}' `
      + `from ${size} to ${newSize}`),
    ...when(changed('spec.storageClassName'), () => `the storage class of volume claim '${name}' (the existing claim keeps its `
      + 'class)'),
    ...when(changed('spec.accessModes'), () => `the access modes of volume claim '${name}' to `
      + `${texts(valueAt(after, 'spec.accessModes')).join(', ')} (the existing claim keeps its modes)`),
  ];
  const isOther = known.length === 0 && canonical(rest(before)) !== canonical(rest(after));
  return isOther ? [`the template of volume claim '${name}'`] : known;
}

/** A template without its size, which is compared as a number, and without its data source, which PGTLS-S15 checks. */
function rest({ metadata, spec }: Mapping): Mapping {
  const { dataSource: _, dataSourceRef: __, resources, ...fields } = mapping(spec) as Record<string, unknown>;
  const { requests, ...others } = mapping(resources) as Record<string, unknown>;
  const { storage: ___, ...otherRequests } = mapping(requests) as Record<string, unknown>;
  // The API server fills in the volumeMode, so that the output of `kubectl get` contains it.
  return { metadata, spec: { volumeMode: 'Filesystem', ...fields, resources: { ...others, requests: otherRequests } } };
}

/** Why the StatefulSet must be recreated with its pod, if no other rule reports it. */
function remakes(change: WorkloadChange): string[] {
  const hasOtherFinding = change.becomesEphemeral || change.becomesDurable || change.wal !== undefined || change.droppedClaims.length > 0;
  const reasons = [
    ...change.immutableFields.ofThePod,
    ...(hasOtherFinding ? [] : change.addedClaims.map((name) => `volumeClaimTemplates (adds '${name}')`)),
    ...change.adoptedClaims.map((name) => `volumeClaimTemplates (removes '${name}')`),
  ];
  return when(reasons.length > 0, () => `${change.called} changes ${[...reasons, ...change.immutableFields.others].join(', ')}: the API server `
    + 'rejects this, and a recreated StatefulSet does not adopt the running pod');
}

function relocated(change: WorkloadChange): string[] {
  const { data } = change;
  if (data === undefined || !change.keepsData) { return []; }
  const [from, to] = [data.before, data.after];
  if (from.key !== to.key) {
    return [`${change.called} currently has its data on ${from.description} and expects it on ${to.description}: it finds no data there `
      + 'and starts empty, or not at all'];
  }
  return when(from.path !== to.path && !change.changesMajor, () =>
    `${change.called} currently has its data at ${from.path} of ${from.description} and expects it at ${to.path}: it finds no data there `
      + 'and starts empty, or not at all');
}

/** Claims that are no longer used, and that no other finding reports. */
function dropped(change: WorkloadChange): string[] {
  const reported = [...(change.becomesEphemeral || relocated(change).length > 0 ? [change.data!.before.key] : []), change.before.walVolume?.key];
  const names = change.droppedClaims.filter((name) => !reported.includes(change.before.volume(name).key));
  return names.map((name) => `${change.called} no longer creates the volume claim '${name}', and the data on that volume is no longer used`);
}

function claimsGo({ before }: WorkloadChange): string {
  return before.retention.whenDeleted === 'Delete' ? ', and is deleted with the StatefulSet' : '';
}

function sizeOf(claim: Mapping): string {
  return text(valueAt(claim, 'spec.resources.requests.storage'));
}
