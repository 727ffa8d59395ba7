import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { renderSharedScripts } from './engines/statefulset/shared-scripts';
import { CommonMetadata } from '../cert-manager';
import { checkArguments } from '../checks';
import { RenderedOnce, TreeValidation } from '../verification';

/** Properties of PostgresScripts. */
export interface PostgresScriptsProps {
  /**
   * Name of the ConfigMap without the digest of its content, and its labels and annotations. Two apps with databases in one namespace need two names.
   *
   * @default - the construct id as name
   */
  readonly metadata?: CommonMetadata;

  /**
   * Whether Argo CD and Flux delete the ConfigMap once it is no longer in Git, which may be before the pods that use it have been replaced. Without it, the ConfigMap
   * of each earlier version stays until it is deleted with kubectl.
   *
   * @default false
   */
  readonly prune?: boolean;
}

/**
 * The scripts of the pods of databases, in one ConfigMap for all databases of a namespace (`scripts` of `Postgres`) in place of the ConfigMap of each.
 *
 * The ConfigMap is immutable, and its name contains a digest of its content: a version of this package with other scripts writes another ConfigMap, and replaces the pods.
 */
export class PostgresScripts extends Construct {
  /** Name of the ConfigMap. */
  public readonly configMapName: string;

  /**
   * Namespace of the ConfigMap: that of the chart.
   *
   * @default - none: databases that use it are refused
   */
  public readonly namespace?: string;

  public constructor(scope: Construct, id: string, props: PostgresScriptsProps = {}) {
    checkArguments('PostgresScripts', scope, id, props);
    super(scope, id);
    const { metadata: { name = id, labels, annotations } = {}, prune = false } = props;
    this.configMapName = new RenderedOnce(this, 'Resource', k8s.KubeConfigMap.manifest(renderSharedScripts({ name, labels, annotations, isPruned: prune }))).name;
    this.namespace = Chart.of(this).namespace;
    TreeValidation.of(this);
  }
}
