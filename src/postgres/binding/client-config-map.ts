import { ApiObjectMetadata } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { bindingEntries } from './binding-entries';
import { type BoundClient, boundClient, connectionOf } from './bound-client';
import { BoundClientOptions } from './bound-client-options';
import { clientFileSources, projectedVolume } from './client-files';
import { demandDirectory } from './demand-directory';
import { checkArguments } from '../../checks';
import { RenderedOnce } from '../../verification';

const DEFAULT_DIRECTORY = '/etc/postgresql-client';

/** Names of the keys in the ConfigMap of a client. */
export enum ClientConfigKeys {
  /** libpq's variables: `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER`, `PGSSLMODE` and the files. */
  LIBPQ = 'libpq',
  /** `host`, `port`, `database`, `username`, `sslmode`, `sslrootcert`, `sslcert`, `sslkey`, `uri` and `jdbc-url`. */
  PLAIN = 'plain',
}

/** Properties of a ClientConfigMap. */
export interface ClientConfigMapProps extends BoundClientOptions {
  /**
   * Metadata of the ConfigMap.
   *
   * @default - the construct id as name, the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Names of the keys.
   *
   * @default ClientConfigKeys.LIBPQ
   */
  readonly keys?: ClientConfigKeys;

  /**
   * Directory in which the container has the files of the client: `tls.crt`, `tls.key` and `server-ca.crt`.
   *
   * @default '/etc/postgresql-client'
   */
  readonly directory?: string;
}

/** A ConfigMap with all of a client's connection that is not secret, for `envFrom` of a container. Mount `volume` at `directory`. */
export class ClientConfigMap extends Construct {
  /** Name of the ConfigMap. */
  public readonly configMapName: string;

  /** Directory at which the volume must be mounted. */
  public readonly directory: string;

  private readonly bound: BoundClient;

  /** @throws if an object that the application needs is in another namespace */
  public constructor(scope: Construct, id: string, props: ClientConfigMapProps) {
    checkArguments('ClientConfigMap', scope, id, props);
    super(scope, id);
    const { metadata, keys = ClientConfigKeys.LIBPQ, directory = DEFAULT_DIRECTORY } = props;
    demandDirectory(this, 'directory', directory, DEFAULT_DIRECTORY);
    this.bound = boundClient(this, props);
    this.directory = directory;
    const connection = connectionOf(this.bound, directory);
    const object = new RenderedOnce(this, 'Resource', {
      ...k8s.KubeConfigMap.manifest({
        metadata: { name: id, ...metadata } as k8s.ObjectMeta,
        data: keys === ClientConfigKeys.LIBPQ ? connection.libpqEnvironment() : plainEntries(this.bound, directory),
      }),
    });
    this.configMapName = object.name;
  }

  /** The source of variables, for `envFrom` of a container. */
  public get envFrom(): k8s.EnvFromSource {
    return { configMapRef: { name: this.configMapName } };
  }

  /** The projected volume with the files of the client, for `volumes` of a pod. Mount it at `directory`. */
  public get volume(): k8s.Volume {
    return projectedVolume('postgresql-client', clientFileSources(this.bound));
  }

  /** The mount of the volume, for `volumeMounts` of a container. */
  public get volumeMount(): k8s.VolumeMount {
    return { name: this.volume.name, mountPath: this.directory, readOnly: true };
  }
}

/** The entries of a binding, with the paths of all files. */
function plainEntries(client: BoundClient, directory: string): Record<string, string> {
  const { type: _, provider: __, ...entries } = bindingEntries(client, '', directory);
  const { PGSSLROOTCERT, PGSSLCERT, PGSSLKEY } = connectionOf(client, directory).libpqEnvironment();
  return {
    ...entries,
    ...(PGSSLROOTCERT === undefined ? {} : { sslrootcert: PGSSLROOTCERT }),
    ...(PGSSLCERT === undefined ? {} : { sslcert: PGSSLCERT }),
    ...(PGSSLKEY === undefined ? {} : { sslkey: PGSSLKEY }),
  };
}
