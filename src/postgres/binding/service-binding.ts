import { ApiObjectMetadata } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { BINDING_TYPE, bindingEntries } from './binding-entries';
import { type BoundClient, boundClient } from './bound-client';
import { BoundClientOptions } from './bound-client-options';
import { clientFileSources, projectedVolume } from './client-files';
import { demandDirectory } from './demand-directory';
import { checkArguments } from '../../checks';
import { RenderedOnce } from '../../verification';

const DEFAULT_ROOT = '/bindings';
const PROVIDER = 'cdk8s-postgres-tls';

/** Names of the specification for a client certificate and its key. Source: Service Binding specification 1.1, Well-known Secret Entries. */
const WELL_KNOWN = { certificate: 'certificates', key: 'private-key' } as const;

/** Properties of a ServiceBinding. */
export interface ServiceBindingProps extends BoundClientOptions {
  /**
   * Metadata of the Secret.
   *
   * @default - the construct id as name, the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Name of the binding: that of its directory. Lower-case letters, digits, hyphens and dots.
   *
   * @default - the construct id
   */
  readonly bindingName?: string;

  /**
   * Directory of all bindings of the container: `SERVICE_BINDING_ROOT`.
   *
   * @default '/bindings'
   */
  readonly root?: string;

  /**
   * Provider of the binding.
   *
   * @default 'cdk8s-postgres-tls'
   */
  readonly provider?: string;
}

/**
 * The binding of a client by the Service Binding specification, as Spring Cloud Bindings, Quarkus and similar libraries read it: a directory with the
 * entries `type`, `provider`, `host`, `port`, `database`, `username`, `sslmode`, `sslrootcert`, `uri` and `jdbc-url`, and the files `tls.crt`, `tls.key`
 * (also as `certificates` and `private-key`) and `server-ca.crt`, the CA certificates of the server.
 *
 * A certificate is not known when manifests are written, so the directory is a projected volume: of a Secret of type `servicebinding.io/postgresql`
 * that this construct writes and that contains no secret, of the Secret of cert-manager, and of the CA certificates. Mount `volume` at `directory`
 * and set `environment`. Group and `fsGroup` of the pod must allow it to read files of mode 0440.
 *
 * A controller for ServiceBinding objects can project the Secret of this construct alone, and mounts it readable for everyone, with which libpq
 * refuses a key: use it for clients with a password only.
 *
 * @see https://servicebinding.io/spec/core/1.1.0/
 */
export class ServiceBinding extends Construct {
  /** Name of the Secret with the entries that are not secret. */
  public readonly secretName: string;

  /** Directory at which the volume must be mounted: the entries name files in it. */
  public readonly directory: string;

  private readonly root: string;
  private readonly bound: BoundClient;
  private readonly bindingName: string;

  /** @throws if an object that the application needs is in another namespace, or if a name is not valid */
  public constructor(scope: Construct, id: string, props: ServiceBindingProps) {
    checkArguments('ServiceBinding', scope, id, props);
    super(scope, id);
    const { metadata, bindingName = id, root = DEFAULT_ROOT, provider = PROVIDER } = props;
    if (!/^[a-z0-9.-]{1,253}$/.test(bindingName) || /^\.+$/.test(bindingName)) {
      throw new Error(`[${this.node.path}] bindingName '${bindingName}' is not a name of a binding; give lower-case letters, digits, hyphens and dots`);
    }
    demandDirectory(this, 'root', root, DEFAULT_ROOT);
    this.bindingName = bindingName;
    this.root = root;
    this.directory = `${root}/${bindingName}`;
    this.bound = boundClient(this, props);
    const object = new RenderedOnce(this, 'Resource', {
      ...k8s.KubeSecret.manifest({
        metadata: { name: id, ...metadata } as k8s.ObjectMeta, type: `servicebinding.io/${BINDING_TYPE}`, stringData: bindingEntries(this.bound, provider, this.directory),
      }),
    });
    this.secretName = object.name;
  }

  /** The projected volume of the binding, for `volumes` of a pod. Mount it at `directory`. */
  public get volume(): k8s.Volume {
    return projectedVolume(`binding-${this.bindingName}`.replaceAll('.', '-').slice(0, 63).replace(/-+$/, ''), [
      { secret: { name: this.secretName } }, ...clientFileSources(this.bound, '', WELL_KNOWN),
    ]);
  }

  /** The mount of the volume, for `volumeMounts` of a container. */
  public get volumeMount(): k8s.VolumeMount {
    return { name: this.volume.name, mountPath: this.directory, readOnly: true };
  }

  /** The variables of the container: `SERVICE_BINDING_ROOT`. */
  public get environment(): { [name: string]: string } {
    return { SERVICE_BINDING_ROOT: this.root };
  }
}
