import type { PodView } from '../kubernetes';

/** A label of this package's own on every object of a database: those of Kubernetes' recommendation are the same in every chart for PostgreSQL. */
export const DATABASE_LABEL = 'cdk8s-postgres-tls/database';

/** Annotation of the pod that changes with the parameters that require a restart; everything else is reloaded. */
export const RESTART_CHECKSUM = 'cdk8s-postgres-tls/restart-checksum';

/** Whether this package has written a pod; then the rules of its construct have checked its properties. */
export function isOwnPod({ annotations }: PodView): boolean {
  return RESTART_CHECKSUM in annotations;
}

/** Label of the pods and of the store of Patroni: its scope. */
export const SCOPE_LABEL = 'cdk8s-postgres-tls/scope';

/** Whether this package has written a pod whose servers replicate. */
export function isOwnMember(pod: PodView): boolean {
  return isOwnPod(pod) && SCOPE_LABEL in pod.labels;
}

/** The file beside pg_hba.conf with the declared databases, roles and clients. */
export const DECLARATIONS_FILE = 'declarations.json';
