import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { type BoundClient, boundClient } from './bound-client';
import { BoundClientOptions } from './bound-client-options';
import { checkArguments } from '../../checks';
import { holdsCertificate } from '../../formats';
import { RenderedOnce } from '../../verification';

/** Properties of an AppBinding. */
export interface AppBindingProps extends BoundClientOptions {
  /**
   * Metadata of the AppBinding.
   *
   * @default - the construct id as name, the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Version of PostgreSQL, for programs that choose their tools by it, for example `18`.
   *
   * @default - none
   */
  readonly version?: string;

  /**
   * The CA certificates of the server, in PEM. Programs of KubeDB verify the server with them; the certificates of an issuer are not known when
   * manifests are written.
   *
   * @default - none
   */
  readonly caBundle?: string;
}

/**
 * KubeDB's AppBinding of a client: where a database is, and the Secrets with which programs of KubeDB, such as backups, log in. Its CRD must be in the cluster.
 *
 * `tlsSecret` has the key pair of the client; its `ca.crt` is the CA of the clients and verifies the server only where both have one CA.
 *
 * @see https://github.com/kmodules/custom-resources
 */
export class AppBinding extends Construct {
  /** Name of the AppBinding. */
  public readonly appBindingName: string;

  /** @throws if an object that a program needs is in another namespace, or if `caBundle` is not a certificate */
  public constructor(scope: Construct, id: string, props: AppBindingProps) {
    checkArguments('AppBinding', scope, id, props);
    super(scope, id);
    const { metadata, version, caBundle } = props;
    if (caBundle !== undefined && !holdsCertificate(caBundle)) {
      throw new Error(`[${this.node.path}] caBundle has no certificate in PEM; give the CA certificates of the server`);
    }
    const bound = boundClient(this, props);
    if (bound.password !== undefined && bound.password.key !== 'password') {
      throw new Error(`[${this.node.path}] password is in key '${bound.password.key}' of the Secret, and programs of KubeDB read 'username' and 'password'; give a Secret of type kubernetes.io/basic-auth`);
    }
    const object = new RenderedOnce(this, 'Resource', {
      apiVersion: 'appcatalog.appscode.com/v1alpha1', kind: 'AppBinding', metadata: { name: id, ...metadata }, spec: appBindingSpec(bound, version, caBundle),
    });
    this.appBindingName = object.name;
  }
}

/** The fields of an AppBinding. Source: kmodules/custom-resources, crds/appcatalog.appscode.com_appbindings.yaml; KubeDB, pkg/controller/appbinding.go. */
export function appBindingSpec({ host, port, database, tls, service, certificate, password }: BoundClient, version?: string, caBundle?: string): Record<string, unknown> {
  const query = `sslmode=${tls ? 'verify-full' : 'disable'}`;
  const path = `/${encodeURIComponent(database)}`;
  return {
    type: 'kubedb.com/postgres',
    ...(version === undefined ? {} : { version }),
    clientConfig: {
      ...(isHostOf(service, host) ? { service: { scheme: 'postgresql', name: service.name, namespace: service.namespace, port, path, query } } : { url: `postgresql://${host}:${port}${path}` }),
      insecureSkipTLSVerify: false,
      ...(tls ? { serverName: host } : {}),
      ...(caBundle === undefined ? {} : { caBundle: Buffer.from(caBundle).toString('base64') }),
    },
    ...(password === undefined ? {} : { secret: { kind: 'Secret', name: password.secretName } }),
    ...(certificate === undefined ? {} : { tlsSecret: { kind: 'Secret', name: certificate.secretName } }),
  };
}

/** Whether a host is one that cluster DNS has for the Service. */
function isHostOf({ name, namespace }: BoundClient['service'], host: string): boolean {
  const [service, inNamespace, svc = 'svc'] = host.split('.');
  return service === name && svc === 'svc' && (inNamespace === undefined || inNamespace === namespace);
}
