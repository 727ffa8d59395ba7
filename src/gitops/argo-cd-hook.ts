/** When Argo CD applies a hook. */
export enum ArgoCdHookPhase {
  /** Before any object of the Application. */
  PRE_SYNC = 'PreSync',
  /** With the objects, in its wave. */
  SYNC = 'Sync',
  /** After all objects are healthy. */
  POST_SYNC = 'PostSync',
  /** After a sync that failed. */
  SYNC_FAIL = 'SyncFail',
  /** Before the objects of a deleted Application. */
  PRE_DELETE = 'PreDelete',
  /** After the objects of a deleted Application. */
  POST_DELETE = 'PostDelete',
}

/** When Argo CD deletes a hook. */
export enum ArgoCdHookDeletion {
  /** At the next sync, before it is created again. */
  BEFORE_HOOK_CREATION = 'BeforeHookCreation',
  /** After it has succeeded. */
  HOOK_SUCCEEDED = 'HookSucceeded',
  /** After it has failed. */
  HOOK_FAILED = 'HookFailed',
}

/** A hook of Argo CD: an object that is applied in a phase of each sync, and deleted again. */
export interface ArgoCdHookOptions {
  /** The phases: at least one. */
  readonly phases: ArgoCdHookPhase[];

  /**
   * When the object is deleted.
   *
   * @default [ArgoCdHookDeletion.BEFORE_HOOK_CREATION]
   */
  readonly deletion?: ArgoCdHookDeletion[];

  /**
   * Wave within the phase. An integer.
   *
   * @default 0
   */
  readonly wave?: number;
}
