/** Whether Argo CD may delete an object that is no longer in Git, or whose Application is deleted. */
export enum ArgoCdDeletion {
  /** Never: the object stays, and the Application is out of sync until the object is deleted by hand. */
  NEVER = 'false',
  /** After a person has confirmed it: with the button of the user interface, or the annotation `argocd.argoproj.io/deletion-approved` on the Application. */
  CONFIRM = 'confirm',
}
