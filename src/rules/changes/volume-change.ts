import { canonical } from './canonical';
import { ChangeKind } from './change-kind';
import { ConsentRule, consentTable } from './consent-table';
import { claimField, WorkloadChange } from './workload-change';
import { mapping, Mapping, text, texts, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { Severity } from '../engine/finding';
import { Consequence, when } from '../engine/rule';

const IMMUTABLE = 'Kubernetes pkg/apis/apps/validation, ValidateStatefulSetUpdate';

/** What is proven about volumes that change, against the manifests that are in force: one synthesis alone cannot tell what exists. */
export const VOLUME_CHANGE_RULES = consentTable(WorkloadChange.of, [
  {
    code: 'PGTLS-S01',
    title: 'a volume that gets smaller',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Expanding Persistent Volumes Claims: a volume can grow, nothing can make it smaller',
    check: (change) => shrinking(change).map(({ name, before, after }) => `the volume claim '${name}' of ${change.called} is ${before} `
      + `in force and shrinks to ${after}`),
    fix: 'keep the size; to have less, make a new database and restore into it',
  },
  {
    code: 'PGTLS-S02',
    severity: Severity.WARNING,
    title: 'a StatefulSet that cannot be changed in place',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: IMMUTABLE,
    check: (change) => {
      const changed = [...change.keptClaims.flatMap(claimChanges), ...change.immutableFields.others.map((field) => `another ${field}`)];
      const isSaidElsewhere = change.replacesPod || shrinking(change).length > 0;
      return when(changed.length > 0 && !isSaidElsewhere, () => `${change.called} gets ${changed.join(', ')}; the API server refuses `
        + 'that, and with it every other change of the StatefulSet');
    },
    fix: 'before applying, patch the existing claim where its size grows, and delete the StatefulSet with --cascade=orphan: selector '
      + 'and names of the claims stay, so pod and data are taken over (docs/operations.md); then acknowledge the warning',
  },
  {
    code: 'PGTLS-S06',
    title: 'durable storage that becomes ephemeral',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Volumes: an emptyDir begins empty and is deleted with the pod; an unused claim stays',
    consents: [ChangeKind.STORAGE_MADE_EPHEMERAL],
    check: (change) => when(change.becomesEphemeral, () =>
      `${change.called} keeps its data on ${change.data!.before.description} in force and on ${change.data!.after.description} from now `
        + 'on: the database starts empty, and again after every restart of '
      + `its pod; the old data stays in a claim that nothing uses${claimsGo(change)}`),
    fix: 'keep the storage durable',
  },
  {
    code: 'PGTLS-S07',
    severity: Severity.WARNING,
    title: 'ephemeral storage that becomes durable',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Volumes: an emptyDir is deleted with the pod',
    check: (change) => when(change.becomesDurable, () =>
      `${change.called} keeps its data on ${change.data!.before.description} in force and on ${change.data!.after.description} from now `
        + 'on: the new volume is empty, and the data of the running '
      + 'pod is lost, as at every restart so far'),
    fix: 'take a dump of what is needed, delete the StatefulSet, apply and restore the dump; then acknowledge the warning',
  },
  {
    code: 'PGTLS-S08',
    title: 'volume claims that are deleted with the database from now on',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, StatefulSets: PersistentVolumeClaim retention',
    consents: [ChangeKind.CLAIMS_DELETED_WITH_DATABASE],
    check: (change) => (change.keptClaims.length === 0 ? [] : ['whenDeleted', 'whenScaled'] as const)
      .filter((field) => change.before.retention[field] !== 'Delete' && change.after.retention[field] === 'Delete')
      .map((field) => `${change.called} keeps its claims in force and has ${field} Delete from now on: `
        + `${field === 'whenDeleted' ? 'deleting the StatefulSet' : 'scaling to 0'} deletes the data`),
    fix: 'keep the deletion policy',
  },
  {
    code: 'PGTLS-S09',
    title: 'a write-ahead log that gets a volume of its own',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, initdb --waldir: the place of the log is a link in the data directory, made once',
    consents: [ChangeKind.WAL_RELOCATED],
    check: (change) => when(change.wal !== undefined && change.wal.before === undefined, () =>
      `${change.called} gets a volume for the write-ahead log, ${change.wal!.after}, while its log is in the data directory: an existing `
        + 'data directory keeps its log, and the new volume stays empty'),
    fix: 'leave the volume out; to move the log, stop the server, move pg_wal to the new volume, link to it and make the StatefulSet '
      + 'again (docs/operations.md)',
  },
  {
    code: 'PGTLS-S10',
    title: 'a write-ahead log that loses its volume',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, initdb --waldir: pg_wal is a link; a server whose log is not there does not start',
    consents: [ChangeKind.WAL_RELOCATED],
    check: (change) => when(change.wal?.before !== undefined, () =>
      `${change.called} has its write-ahead log on ${change.wal!.before} in force and `
        + `${change.wal!.after === undefined ? 'loses that volume' : `looks for it on ${change.wal!.after}`}: the server does not `
      + 'start, and commits that are only in the log are lost with it'),
    fix: 'keep the volume; to move the log back, stop the server, replace the link pg_wal by the directory and make the StatefulSet '
      + 'again (docs/operations.md)',
  },
  {
    code: 'PGTLS-S15',
    severity: Severity.WARNING,
    title: 'a data source for a volume that exists',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: IMMUTABLE,
    check: (change) => change.keptClaims
      .filter(({ before, after }) => SOURCES.some((path) => claimField(before, path) !== claimField(after, path)))
      .map(({ name, after }) => `the volume claim '${name}' of ${change.called} ${isFilled(after) ? 'gets another' : 'loses its'} dataSource: `
        + 'the API server refuses that, and the existing volume would not be filled from it anyway'),
    fix: 'to restore from a snapshot, make a new database under another name; otherwise leave dataSource as it is',
  },
  {
    code: 'PGTLS-S16',
    severity: Severity.WARNING,
    title: 'a StatefulSet that has to be made again together with its pod',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${IMMUTABLE}; a StatefulSet takes over no pod that its selector does not meet, and makes none beside it (tried on 1.36)`,
    check: remakes,
    fix: 'before applying, delete the StatefulSet with --cascade=orphan and then its pod: the claims stay, also with whenDeleted '
      + 'Delete, and the new pod takes them over (docs/operations.md); then acknowledge the warning',
  },
  {
    code: 'PGTLS-S18',
    title: 'a database that looks for its data in another place',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, StatefulSets: a claim is found by the name of its template; PostgreSQL, PGDATA',
    consents: [ChangeKind.DATA_RELOCATED],
    check: (change) => [...relocated(change), ...dropped(change)],
    fix: 'keep the name of the volume, its claim and the path; to move the data, stop the server, copy the data directory and make '
      + 'the StatefulSet again (docs/operations.md)',
  },
  {
    code: 'PGTLS-S19',
    title: 'a volume claim or namespace of a database that is no longer in the app',
    consequence: Consequence.NEVER_READY,
    source: 'Argo CD, Automated Sync Policy; kubectl apply --prune: what is no longer in the manifests is deleted; Kubernetes deletes a '
      + 'namespace with everything in it',
    consents: [ChangeKind.DATA_RELOCATED],
    check: (change) => (change.before.isPostgres ? change.pruned : []).map((object) => `${object}, in force, holds the data of `
      + `${change.called} and is no longer in the app: `
      + 'who applies the manifests and prunes deletes the data'),
    fix: 'keep it in the app, or exclude it from pruning before it goes',
  },
] satisfies ConsentRule<WorkloadChange>[]);

const SOURCES = ['spec.dataSource', 'spec.dataSourceRef'];

function isFilled(claim: Mapping): boolean {
  return SOURCES.some((path) => claimField(claim, path) !== '');
}

/** The claims that are there before and after, and smaller then. */
function shrinking(change: WorkloadChange): Array<{ name: string; before: string; after: string }> {
  return change.keptClaims.map(({ name, before, after }) => ({ name, before: sizeOf(before), after: sizeOf(after) }))
    .filter((claim) => (parseQuantity(claim.after) ?? Infinity) < (parseQuantity(claim.before) ?? 0));
}

/** What differs in the template of a claim, and what that means for the claim that exists. */
function claimChanges({ name, before, after }: { name: string; before: Mapping; after: Mapping }): string[] {
  const [size, newSize] = [sizeOf(before), sizeOf(after)];
  const changed = (path: string) => claimField(before, path) !== claimField(after, path);
  const known = [
    ...when((parseQuantity(size) ?? size) !== (parseQuantity(newSize) ?? newSize), () => `${newSize} in place of ${size} for the volume `
      + `claim '${name}'`),
    ...when(changed('spec.storageClassName'), () => `another storage class for the volume claim '${name}', which the existing claim does `
      + 'not take over'),
    ...when(changed('spec.accessModes'), () => `access mode ${texts(valueAt(after, 'spec.accessModes')).join(', ')} for the volume claim `
      + `'${name}', which the existing claim does not take over`),
  ];
  const isOther = known.length === 0 && canonical(rest(before)) !== canonical(rest(after));
  return isOther ? [`another template of the volume claim '${name}'`] : known;
}

/** A template without its size, which is compared as a number, and without what has a rule of its own. */
function rest({ metadata, spec }: Mapping): Mapping {
  const { dataSource: _, dataSourceRef: __, resources, ...fields } = mapping(spec) as Record<string, unknown>;
  const { requests, ...others } = mapping(resources) as Record<string, unknown>;
  const { storage: ___, ...otherRequests } = mapping(requests) as Record<string, unknown>;
  // The API server fills in the volumeMode, which then stands in what `kubectl get` prints.
  return { metadata, spec: { volumeMode: 'Filesystem', ...fields, resources: { ...others, requests: otherRequests } } };
}

/** Why the StatefulSet has to be made again with its pod, where no other rule says why. */
function remakes(change: WorkloadChange): string[] {
  const isSaidElsewhere = change.becomesEphemeral || change.becomesDurable || change.wal !== undefined || change.droppedClaims.length > 0;
  const reasons = [
    ...change.immutableFields.ofThePod.map((field) => `another ${field}`),
    ...(isSaidElsewhere ? [] : change.addedClaims.map((name) => `the additional volume claim '${name}'`)),
    ...change.adoptedClaims.map((name) => `no template of the volume claim '${name}' any more`),
  ];
  const others = change.immutableFields.others.map((field) => `another ${field}`);
  return when(reasons.length > 0, () => `${change.called} gets ${[...reasons, ...others].join(', ')}; the API server refuses that in `
    + 'place, and a new StatefulSet does not take over the running pod');
}

function relocated(change: WorkloadChange): string[] {
  const { data } = change;
  if (data === undefined || !change.keepsData) { return []; }
  const [from, to] = [data.before, data.after];
  if (from.key !== to.key) {
    return [`${change.called} has its data on ${from.description} in force and looks for it on ${to.description}: it finds none there `
      + 'and starts empty, or not at all'];
  }
  return when(from.path !== to.path && !change.changesMajor, () =>
    `${change.called} has its data at ${from.path} of ${from.description} in force and looks for it at ${to.path}: it finds none there `
      + 'and starts empty, or not at all');
}

/** Claims that are no longer used, and whose loss nothing else says. */
function dropped(change: WorkloadChange): string[] {
  const told = [...(change.becomesEphemeral || relocated(change).length > 0 ? [change.data!.before.key] : []), change.before.walVolume?.key];
  const names = change.droppedClaims.filter((name) => !told.includes(change.before.volume(name).key));
  return names.map((name) => `${change.called} no longer makes the volume claim '${name}', and what is on that volume is no longer used`);
}

function claimsGo({ before }: WorkloadChange): string {
  return before.retention.whenDeleted === 'Delete' ? ', and is deleted with the StatefulSet' : '';
}

function sizeOf(claim: Mapping): string {
  return text(valueAt(claim, 'spec.resources.requests.storage'));
}
