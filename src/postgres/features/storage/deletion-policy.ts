/** What happens to the data when the StatefulSet is deleted, by KubeDB's names. */
export enum DeletionPolicy {
  /** The volume claim stays. */
  HALT = 'Halt',
  /** The volume claim is deleted with the StatefulSet; Secrets stay. */
  DELETE = 'Delete',
  /** The same as `DELETE`: a manifest cannot delete Secrets that cert-manager or people created. */
  WIPE_OUT = 'WipeOut',
  /** Not supported, and refused: use the protection of your GitOps tool. */
  DO_NOT_TERMINATE = 'DoNotTerminate',
}
