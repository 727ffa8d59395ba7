/** What becomes of the data when the StatefulSet is deleted, by KubeDB's words. */
export enum DeletionPolicy {
  /** The volume claim stays. */
  HALT = 'Halt',
  /** The volume claim goes with the StatefulSet; Secrets stay. */
  DELETE = 'Delete',
  /** As `DELETE`: a manifest cannot say what becomes of Secrets that cert-manager or people made. */
  WIPE_OUT = 'WipeOut',
  /** Cannot be said in a manifest, and is refused: use your GitOps tool's own protection. */
  DO_NOT_TERMINATE = 'DoNotTerminate',
}
