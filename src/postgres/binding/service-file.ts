import { ApiObjectMetadata } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type BoundClient, boundClient, connectionOf } from './bound-client';
import { BoundClientOptions } from './bound-client-options';
import { clientFileSources, projectedVolume } from './client-files';
import { demandDirectory } from './demand-directory';
import { checkArguments } from '../../checks';
import { RenderedOnce } from '../../verification';

const DEFAULT_DIRECTORY = '/etc/postgresql-services';
const FILE = 'pg_service.conf';

/** Properties of a ServiceFile. */
export interface ServiceFileProps {
  /** The clients by the name of their service, which an application gives as `PGSERVICE` or `service=`: lower-case letters, digits, hyphens and underscores. */
  readonly services: { readonly [name: string]: BoundClientOptions };

  /**
   * Metadata of the ConfigMap.
   *
   * @default - the construct id as name, the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Directory in which the container has the file and, below the name of each service, the files of its client.
   *
   * @default '/etc/postgresql-services'
   */
  readonly directory?: string;
}

/**
 * A `pg_service.conf` with a section for each of several clients, in a ConfigMap: libpq, psycopg and pgx read it. Mount `volume` at `directory`, and set
 * `environment`.
 *
 * @see https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export class ServiceFile extends Construct {
  /** Name of the ConfigMap. */
  public readonly configMapName: string;

  /** Directory at which the volume must be mounted. */
  public readonly directory: string;

  private readonly bound: ReadonlyArray<readonly [string, BoundClient]>;

  /** @throws if an object that the application needs is in another namespace, if a name is not valid, or if a value does not fit into the file */
  public constructor(scope: Construct, id: string, props: ServiceFileProps) {
    checkArguments('ServiceFile', scope, id, props);
    super(scope, id);
    const { metadata, services, directory = DEFAULT_DIRECTORY } = props;
    demandDirectory(this, 'directory', directory, DEFAULT_DIRECTORY);
    const names = Object.keys(services);
    if (names.length === 0) { throw new Error(`[${this.node.path}] services is empty; give at least one client`); }
    const wrong = names.find((name) => !/^[a-z0-9_-]+$/.test(name));
    if (wrong !== undefined) { throw new Error(`[${this.node.path}] services['${wrong}'] is not a name of a service; give lower-case letters, digits, hyphens and underscores`); }
    this.directory = directory;
    this.bound = names.map((name) => [name, boundClient(this, services[name]!)]);
    const sections = this.bound.map(([name, client]) => connectionOf(client, `${directory}/${name}`).serviceFile(name));
    const object = new RenderedOnce(this, 'Resource', {
      ...k8s.KubeConfigMap.manifest({ metadata: { name: id, ...metadata } as k8s.ObjectMeta, data: { [FILE]: sections.join('\n') } }),
    });
    this.configMapName = object.name;
  }

  /** The projected volume with the service file and the files of its clients, for `volumes` of a pod. Mount it at `directory`. */
  public get volume(): k8s.Volume {
    return projectedVolume('postgresql-services', [
      { configMap: { name: this.configMapName } }, ...this.bound.flatMap(([name, client]) => clientFileSources(client, `${name}/`)),
    ]);
  }

  /** The mount of the volume, for `volumeMounts` of a container. */
  public get volumeMount(): k8s.VolumeMount {
    return { name: this.volume.name, mountPath: this.directory, readOnly: true };
  }

  /** The variables of the container: `PGSERVICEFILE`, and `PGSERVICE` if there is one service. */
  public get environment(): { [name: string]: string } {
    return { PGSERVICEFILE: `${this.directory}/${FILE}`, ...(this.bound.length === 1 ? { PGSERVICE: this.bound[0]![0] } : {}) };
  }
}
