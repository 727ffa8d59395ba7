import { ChangeKind } from './change-kind';
import { checkArguments } from '../../checks';

/**
 * Consent, in code, to one change that loses data or stops a database. Without the consent the change is an error.
 *
 * A consent names one object and one kind of change, and is valid for one change: after the new manifests are committed it matches no change,
 * which is reported as a warning (PGTLS-S29); then remove it from the code. Every factory throws an error if the reason is empty.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage
 */
export class ChangeConsent {
  /**
   * Allows the removal of a database (PGTLS-S03). Its volume claims stay in the cluster, unless its `deletionPolicy` is `Delete`.
   *
   * @param namespace the namespace of the database
   * @param name the name of its StatefulSet
   * @param reason why the data is no longer needed, or where it is now
   */
  public static databaseRemoved(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.databaseRemoved', namespace, name, reason);
    return new ChangeConsent(ChangeKind.DATABASE_REMOVED, namespace, name, undefined, reason);
  }

  /**
   * Allows another name for a database (PGTLS-S04): a new, empty database is created, and the volume claims of the old one remain unused.
   *
   * @param namespace the namespace of the database
   * @param name the current name of its StatefulSet
   * @param newName the new name of its StatefulSet
   * @param reason why the new database may start empty, or how the data is copied
   */
  public static databaseRenamed(namespace: string, name: string, newName: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.databaseRenamed', namespace, name, newName, reason);
    return new ChangeConsent(ChangeKind.DATABASE_RENAMED, namespace, name, newName, reason);
  }

  /**
   * Allows another namespace for a database (PGTLS-S05): a new, empty database is created there, and the volume claims of the old one remain
   * unused.
   *
   * @param namespace the current namespace of the database
   * @param name the current name of its StatefulSet
   * @param newNamespace the new namespace of the database
   * @param reason why the new database may start empty, or how the data is copied
   */
  public static databaseMoved(namespace: string, name: string, newNamespace: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.databaseMoved', namespace, name, newNamespace, reason);
    return new ChangeConsent(ChangeKind.DATABASE_MOVED, namespace, name, newNamespace, reason);
  }

  /**
   * Allows ephemeral storage in place of durable storage (PGTLS-S06): the database starts empty, again after every restart of its pod.
   *
   * @param namespace the namespace of the database
   * @param name the name of its StatefulSet
   * @param reason why the data is no longer needed
   */
  public static storageMadeEphemeral(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.storageMadeEphemeral', namespace, name, reason);
    return new ChangeConsent(ChangeKind.STORAGE_MADE_EPHEMERAL, namespace, name, undefined, reason);
  }

  /**
   * Allows another volume, claim or path for the data directory, to which the data has been copied (PGTLS-S18); or the removal of the claim or
   * namespace with the data from the app, because it is managed elsewhere (PGTLS-S19).
   *
   * @param namespace the namespace of the database
   * @param name the name of its workload
   * @param reason how the data was copied, or why it is no longer needed
   */
  public static dataRelocated(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.dataRelocated', namespace, name, reason);
    return new ChangeConsent(ChangeKind.DATA_RELOCATED, namespace, name, undefined, reason);
  }

  /**
   * Allows the write-ahead log to move to or from its own volume (PGTLS-S09, PGTLS-S10). Move the log while the server is stopped.
   *
   * @param namespace the namespace of the database
   * @param name the name of its workload
   * @param reason how the log was moved
   */
  public static walRelocated(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.walRelocated', namespace, name, reason);
    return new ChangeConsent(ChangeKind.WAL_RELOCATED, namespace, name, undefined, reason);
  }

  /**
   * Allows the deletion of the volume claims together with the StatefulSet (PGTLS-S08).
   *
   * @param namespace the namespace of the database
   * @param name the name of its StatefulSet
   * @param reason why the data may be deleted with the database
   */
  public static claimsDeletedWithDatabase(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.claimsDeletedWithDatabase', namespace, name, reason);
    return new ChangeConsent(ChangeKind.CLAIMS_DELETED_WITH_DATABASE, namespace, name, undefined, reason);
  }

  /**
   * Allows changes of a StatefulSet that Kubernetes refuses, such as another `serviceName` (PGTLS-S16). Before applying, delete the StatefulSet with
   * `--cascade=orphan` and then its pod (docs/operations.md).
   *
   * @param namespace the namespace of the database
   * @param name the name of its StatefulSet
   * @param reason when the StatefulSet is deleted
   */
  public static statefulSetRecreated(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.statefulSetRecreated', namespace, name, reason);
    return new ChangeConsent(ChangeKind.STATEFUL_SET_RECREATED, namespace, name, undefined, reason);
  }

  /**
   * Allows another major version of PostgreSQL, newer or older, for data that has been converted (PGTLS-S13).
   *
   * @param namespace the namespace of the database
   * @param name the name of its workload
   * @param reason how and when the data was converted, for example `pg_upgrade done on 2026-11-25`
   */
  public static majorUpgraded(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.majorUpgraded', namespace, name, reason);
    return new ChangeConsent(ChangeKind.MAJOR_UPGRADED, namespace, name, undefined, reason);
  }

  /**
   * Allows another subject, key, Secret or issuer for a CA in place (PGTLS-S20 to PGTLS-S23). Renew every certificate below it afterwards.
   *
   * @param namespace the namespace of the CA's Certificate
   * @param name the name of the CA's Certificate
   * @param reason how clients and servers trust both CA certificates during the change
   */
  public static caReplaced(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.caReplaced', namespace, name, reason);
    return new ChangeConsent(ChangeKind.CA_REPLACED, namespace, name, undefined, reason);
  }

  private constructor(
    /** @internal */
    public readonly _kind: ChangeKind,
    /** The namespace of the object; empty if its manifest has no namespace. */
    public readonly namespace: string,
    /** The name of the object. */
    public readonly name: string,
    /** @internal */
    public readonly _target: string | undefined,
    /** Why the change is correct. */
    public readonly reason: string,
  ) {
    if (reason.trim() === '') {
      throw new Error(`ChangeConsent.${_kind} for '${name}' in namespace '${namespace}' needs a reason, got an empty one; explain why the `
        + 'change is correct');
    }
  }

  /** The consent as code, without its reason. */
  public toString(): string {
    const names = [this.namespace, this.name, ...(this._target === undefined ? [] : [this._target])];
    return `ChangeConsent.${this._kind}(${names.map((name) => `'${name}'`).join(', ')})`;
  }
}
