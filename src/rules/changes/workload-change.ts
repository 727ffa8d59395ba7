import { canonical } from './canonical';
import type { ChangeTarget } from './consent-table';
import { CONTAINER_FILESYSTEM, DatabaseView, type DataLocation } from './database-view';
import { prunedStorage } from './pruned-storage';
import { isGiven, type Mapping, memoizeByObject, valueAt } from '../../data';
import type { Manifest } from '../../kubernetes';
import type { RuleContext } from '../engine/rule-context';

/** Mutable fields of a StatefulSet; source: Kubernetes pkg/apis/apps/validation, ValidateStatefulSetUpdate. */
const CHANGEABLE = new Set([
  'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds',
]);

/** Fields that the running pod also has: a recreated StatefulSet does not adopt a pod with other values (tried on 1.36). */
const OF_THE_POD: Readonly<Record<string, string>> = { selector: 'selector', serviceName: 'serviceName' };

/** Defaults of the API server: a field that is left out has this value. */
const DEFAULTS: Readonly<Record<string, unknown>> = { podManagementPolicy: 'OrderedReady' };

/** A claim template that exists before and after a change. */
export interface KeptClaim {
  readonly name: string;
  /** Its place in the new manifest. */
  readonly field: string;
  readonly before: Mapping;
  readonly after: Mapping;
}

/** A workload that may contain a database: currently applied, and in the new manifests. */
export class WorkloadChange implements ChangeTarget {
  /** Every workload of the app that is currently applied. */
  public static readonly of = memoizeByObject((manifests: RuleContext): ReadonlyArray<WorkloadChange> => {
    const { committed } = manifests;
    if (committed === undefined) { return []; }
    const earlier = DatabaseView.of(committed);
    return [...DatabaseView.of(manifests).values()].flatMap((after) => {
      const before = earlier.get(committed.find(after.at.group, after.at.kind, after.at.namespace, after.at.name)!);
      return before === undefined ? [] : [new WorkloadChange(before, after, prunedStorage(before, committed, manifests))];
    });
  });

  public readonly at: Manifest;
  public readonly namespace: string | undefined;
  public readonly name: string;
  /** `StatefulSet 'db'`. */
  public readonly called: string;

  private constructor(
    public readonly before: DatabaseView,
    public readonly after: DatabaseView,
    /** The objects with its data that are no longer in the app. */
    public readonly pruned: ReadonlyArray<string>,
  ) {
    this.at = after.at;
    this.namespace = after.at.namespace;
    this.name = after.at.name;
    this.called = after.called;
  }

  /** The location of the data before and after; undefined where the server is not visible in both. */
  public get data(): { readonly before: DataLocation; readonly after: DataLocation } | undefined {
    const [before, after] = [this.before.data, this.after.data];
    return before && after && { before, after };
  }

  /** Whether the data outlives a pod before and after. */
  public get keepsData(): boolean {
    return this.data !== undefined && this.data.before.isDurable && this.data.after.isDurable;
  }

  public get becomesEphemeral(): boolean {
    return this.data !== undefined && this.data.before.isDurable && !this.data.after.isDurable && !this.missesItsVolume;
  }

  public get becomesDurable(): boolean {
    return this.data !== undefined && !this.data.before.isDurable && this.data.after.isDurable;
  }

  /** Whether the server has another major version than the data directory. */
  public get changesMajor(): boolean {
    const [from, to] = [this.before.major, this.after.major];
    if (from === undefined || to === undefined || from === to || !this.data?.before.isDurable) { return false; }
    return this.data.after.isDurable || this.missesItsVolume;
  }

  /** Whether the data directory has left the mounted volume, as that of the official images does with 18; their entrypoint then ends. */
  private get missesItsVolume(): boolean {
    const { data, before, after } = this;
    return before.major !== after.major && data?.after.key === CONTAINER_FILESYSTEM && after.mounts(data.before);
  }

  /** The volume of the write-ahead log before and after; undefined where it stays the same. */
  public get wal(): { readonly before: string | undefined; readonly after: string | undefined } | undefined {
    const [before, after] = [this.before.walVolume, this.after.walVolume];
    return this.keepsData && before?.key !== after?.key ? { before: before?.description, after: after?.description } : undefined;
  }

  /** The claim templates that exist before and after. */
  public get keptClaims(): ReadonlyArray<KeptClaim> {
    const { claims } = this.after;
    return [...this.before.claims].flatMap(([name, before]) => (claims.has(name) ? [{ name, field: this.after.claimField(name), before, after: claims.get(name)! }] : []));
  }

  /** The claims that the StatefulSet no longer creates and the pod no longer uses. */
  public get droppedClaims(): string[] {
    return this.unmadeClaims.filter((name) => !this.after.has(this.before.volume(name)));
  }

  /** The claims that the StatefulSet no longer creates, but the pod still uses by their names in the cluster. */
  public get adoptedClaims(): string[] {
    return this.unmadeClaims.filter((name) => this.after.has(this.before.volume(name)));
  }

  public get addedClaims(): string[] {
    const { claims } = this.before;
    return [...this.after.claims.keys()].filter((name) => !claims.has(name));
  }

  private get unmadeClaims(): string[] {
    const { claims } = this.after;
    return [...this.before.claims.keys()].filter((name) => !claims.has(name));
  }

  /** Changed immutable fields of the StatefulSet without the claims: those that its pod also has, and the others. */
  public get immutableFields(): { readonly ofThePod: string[]; readonly others: string[] } {
    const [before, after] = [this.before.at.spec, this.after.at.spec];
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((name) => !CHANGEABLE.has(name) && name !== 'volumeClaimTemplates' && canonical(valueOf(before, name)) !== canonical(valueOf(after, name)));
    const changed = this.after.isStatefulSet ? names.sort() : [];
    return { ofThePod: changed.filter((name) => name in OF_THE_POD), others: changed.filter((name) => !(name in OF_THE_POD)) };
  }

  /** Whether the StatefulSet must be recreated together with its pod. */
  public get replacesPod(): boolean {
    return this.immutableFields.ofThePod.length > 0 || this.unmadeClaims.length > 0 || this.addedClaims.length > 0;
  }
}

function valueOf(spec: Mapping, field: string): unknown {
  return isGiven(spec[field]) ? spec[field] : DEFAULTS[field];
}

/** The value at a path of a claim template, as comparable text. */
export function claimField(claim: Mapping, path: string): string {
  return canonical(valueAt(claim, path));
}
