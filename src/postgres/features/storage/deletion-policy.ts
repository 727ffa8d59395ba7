/**
 * What happens to the data when the StatefulSet is deleted, by KubeDB's names. Of KubeDB's other policies, `WipeOut` would be the same as `Delete`, because a
 * manifest cannot delete Secrets that cert-manager or people created, and `DoNotTerminate` is the protection of your GitOps tool.
 */
export enum DeletionPolicy {
  /** The volume claim stays. */
  HALT = 'Halt',
  /** The volume claim is deleted with the StatefulSet; Secrets stay. */
  DELETE = 'Delete',
}
