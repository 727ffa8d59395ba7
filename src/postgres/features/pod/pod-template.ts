import { Duration } from 'cdk8s';
import { ContainerResources, ISecret, IStorage, k8s } from 'cdk8s-plus-27';

/**
 * Additions to the pod template. Names, paths and labels that this package uses are refused.
 *
 * The types of `k8s`, the Kubernetes API, are an escape hatch: cdk8s-plus has no type for these parts that fits into the pod of another construct. They are
 * written as given, also fields that the types do not have.
 */
export interface PostgresPodTemplate {
  /**
   * Labels of the pod, in addition to those of the database.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Annotations of the pod, in addition to those of this package.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Labels of the nodes that the pod may run on.
   *
   * @default - every node
   */
  readonly nodeSelector?: { readonly [name: string]: string };
  /**
   * Tolerations of the pod.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];
  /**
   * Affinity of the pod.
   *
   * @default - none
   */
  readonly affinity?: k8s.Affinity;
  /**
   * Topology spread constraints of the pod.
   *
   * @default - none: there is one pod
   */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
  /**
   * Name of the PriorityClass.
   *
   * @default - the cluster's default class
   */
  readonly priorityClassName?: string;
  /**
   * Name of the RuntimeClass.
   *
   * @default - the node's runtime
   */
  readonly runtimeClassName?: string;
  /**
   * Name of the scheduler.
   *
   * @default - the cluster's default scheduler
   */
  readonly schedulerName?: string;
  /**
   * Secrets for pulling images.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];
  /**
   * Time for the checkpoint of a fast shutdown, before the kubelet kills the containers.
   *
   * @default Duration.minutes(5)
   */
  readonly terminationGracePeriod?: Duration;
  /**
   * Whether the platform assigns UID, GID and fsGroup, as OpenShift does. The manifest then omits them, and the pod mounts a passwd file
   * in which the assigned UID has the name `postgres`.
   *
   * @default false: UID, GID and fsGroup are those of `version`, 999 by default
   */
  readonly arbitraryUserId?: boolean;
  /**
   * Resources of the init containers `init` and `identity`. An omitted resource is that of the database.
   *
   * @default - those of the database
   */
  readonly initResources?: ContainerResources;
  /**
   * Resources of the container `reloader`. An omitted resource has its default.
   *
   * @default - 10m CPU, 32Mi memory and 64Mi ephemeral storage requested, memory limited to 64Mi, CPU to 200m if that of the database is limited
   */
  readonly reloaderResources?: ContainerResources;
  /**
   * Volumes of the pod: a `Volume` or a PersistentVolume of cdk8s-plus, or a volume as the Kubernetes API has it.
   *
   * @default - none
   */
  readonly volumes?: Array<IStorage | k8s.Volume>;
  /**
   * Volume mounts of the database container.
   *
   * @default - none
   */
  readonly volumeMounts?: k8s.VolumeMount[];
  /**
   * Additional containers. A container without a security context gets that of the database.
   *
   * @default - none
   */
  readonly containers?: k8s.Container[];
  /**
   * Additional init containers, which run before `init`. A container without a security context gets that of the database.
   *
   * @default - none
   */
  readonly initContainers?: k8s.Container[];
}
