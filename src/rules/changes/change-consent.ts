import { ChangeKind } from './change-kind';
import { checkArguments } from '../../checks';

/**
 * A team's consent to one change that loses data or stops a database, given in code: without it the change is an error.
 *
 * A consent names one object and one kind of change. It is for one change only: as soon as the new manifests are committed it
 * matches nothing, which is reported, and it is removed from the code.
 */
export class ChangeConsent {
  /**
   * The database is removed. Its volume claims stay in the cluster, unless its `deletionPolicy` says that they are deleted.
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
   * The database gets another name: a new, empty database is made, and the volume claims of the old one stay unused.
   *
   * @param namespace the namespace of the database
   * @param name the name of its StatefulSet so far
   * @param newName the name of its StatefulSet from now on
   * @param reason why the new database may start empty, or how the data is copied
   */
  public static databaseRenamed(namespace: string, name: string, newName: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.databaseRenamed', namespace, name, newName, reason);
    return new ChangeConsent(ChangeKind.DATABASE_RENAMED, namespace, name, newName, reason);
  }

  /**
   * The database is moved to another namespace: a new, empty database is made there, and the volume claims of the old one stay unused.
   *
   * @param namespace the namespace of the database so far
   * @param name the name of its StatefulSet so far
   * @param newNamespace the namespace of the database from now on
   * @param reason why the new database may start empty, or how the data is copied
   */
  public static databaseMoved(namespace: string, name: string, newNamespace: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.databaseMoved', namespace, name, newNamespace, reason);
    return new ChangeConsent(ChangeKind.DATABASE_MOVED, namespace, name, newNamespace, reason);
  }

  /**
   * Durable storage becomes ephemeral: the database starts empty, and is empty again after every restart of its pod.
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
   * The server looks for its data on another volume or in another directory, where the team has put it; or the claim or namespace that holds
   * the data is managed elsewhere from now on.
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
   * The write-ahead log gets a volume of its own, or loses it, and the team has moved the log of the stopped server.
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
   * From now on the volume claims are deleted together with the StatefulSet.
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
   * The database gets another major version of PostgreSQL, newer or older, and the team has converted the data.
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
   * A CA gets another subject or another key in place, and the team has every certificate below it issued again.
   *
   * @param namespace the namespace of the CA's Certificate
   * @param name the name of the CA's Certificate
   * @param reason how clients and servers get over the change
   */
  public static caReplaced(namespace: string, name: string, reason: string): ChangeConsent {
    checkArguments('ChangeConsent.caReplaced', namespace, name, reason);
    return new ChangeConsent(ChangeKind.CA_REPLACED, namespace, name, undefined, reason);
  }

  private constructor(
    /** @internal */
    public readonly _kind: ChangeKind,
    /** The namespace of the object; empty where its manifest names none. */
    public readonly namespace: string,
    /** The name of the object. */
    public readonly name: string,
    /** @internal */
    public readonly _target: string | undefined,
    /** Why the change is right. */
    public readonly reason: string,
  ) {
    if (reason.trim() === '') {
      throw new Error(`ChangeConsent.${_kind} for '${name}' in namespace '${namespace}' needs a reason, got an empty one; say why the `
        + 'change is right');
    }
  }

  /** The consent as code, without its reason. */
  public toString(): string {
    const names = [this.namespace, this.name, ...(this._target === undefined ? [] : [this._target])];
    return `ChangeConsent.${this._kind}(${names.map((name) => `'${name}'`).join(', ')})`;
  }
}
