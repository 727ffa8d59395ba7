import { Duration } from 'cdk8s';
import { ContainerResources, ISecret, k8s } from 'cdk8s-plus-27';

/** What a platform adds to the pod. Names, paths and labels of this package's own are refused. */
export interface PostgresPodTemplate {
  /** @default - none but the database's own */
  readonly labels?: { readonly [name: string]: string };
  /** @default - none but the package's own */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Labels of the nodes that the pod may run on.
   *
   * @default - every node
   */
  readonly nodeSelector?: { readonly [name: string]: string };
  /** @default - none */
  readonly tolerations?: k8s.Toleration[];
  /** @default - none */
  readonly affinity?: k8s.Affinity;
  /** @default - none: there is one pod */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
  /** @default - the cluster's default class */
  readonly priorityClassName?: string;
  /** @default - the node's runtime */
  readonly runtimeClassName?: string;
  /** @default - the cluster's default scheduler */
  readonly schedulerName?: string;
  /**
   * Secrets with which images are pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];
  /**
   * Time for the checkpoint of a fast shutdown, before kubelet kills.
   *
   * @default Duration.minutes(5)
   */
  readonly terminationGracePeriod?: Duration;
  /**
   * Whether the platform chooses UID, GID and fsGroup, as OpenShift does. They are left out of the manifest, and the pod calls the
   * UID that it gets `postgres` in a password file of its own.
   *
   * @default false: UID, GID and fsGroup are those of the version, 999 unless it says others
   */
  readonly arbitraryUserId?: boolean;
  /**
   * Resources of the containers that run before the database, `init` and `identity`. A resource that is left out has the default of the database.
   *
   * @default - those of the database
   */
  readonly initResources?: ContainerResources;
  /**
   * Resources of the container that takes over renewed certificates. A resource that is left out has its default.
   *
   * @default - 10m CPU, 32Mi memory and 64Mi ephemeral storage requested, memory limited to 64Mi, CPU to 200m where that of the database is limited
   */
  readonly reloaderResources?: ContainerResources;
  /** @default - none */
  readonly volumes?: k8s.Volume[];
  /**
   * Mounts of the database container.
   *
   * @default - none
   */
  readonly volumeMounts?: k8s.VolumeMount[];
  /**
   * Containers beside the database. One without a security context gets the database's.
   *
   * @default - none
   */
  readonly containers?: k8s.Container[];
  /**
   * Containers that run before the data directory is looked at. One without a security context gets the database's.
   *
   * @default - none
   */
  readonly initContainers?: k8s.Container[];
}
