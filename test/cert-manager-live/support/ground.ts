import { ApiServer, until, type ApiObject } from './api-server';

/** What the suite puts on everything that it makes, so that it never deletes what is not its own. */
const LABEL = 'cdk8s-postgres-tls.test/cert-manager-live';

/**
 * A cluster with cert-manager and an empty namespace in it. A suite that was asked for and did not run has failed, so what is lacking is an
 * error, and it says what.
 */
export class Ground {
  static async claim(purpose: string): Promise<Ground> {
    const api = await reachable();
    const namespace = `oracle-${purpose}-${Date.now().toString(36)}`;
    await api.createAll([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { [LABEL]: purpose } } }]);
    return new Ground(api, namespace, purpose);
  }

  private constructor(readonly api: ApiServer, readonly namespace: string, private readonly purpose: string) {}

  /** What objects of cluster scope carry. */
  get labels(): Record<string, string> {
    return { [LABEL]: this.purpose };
  }

  /** A name that no other run gives to an object of cluster scope. */
  unique(name: string): string {
    return `${this.namespace}-${name}`;
  }

  async release(): Promise<void> {
    const { api } = this;
    for (const { metadata } of await api.list('cert-manager.io/v1', 'ClusterIssuer', undefined, `${LABEL}=${this.purpose}`)) {
      await api.remove('cert-manager.io/v1', 'ClusterIssuer', undefined, metadata.name);
    }
    for (const { metadata } of await api.list('v1', 'Namespace', undefined, `${LABEL}=${this.purpose}`)) {
      await api.remove('v1', 'Namespace', undefined, metadata.name);
    }
    api.close();
  }

  /** A Certificate's status, once it is as wanted. */
  certificate(name: string, what: string, seconds: number, wanted: (certificate: ApiObject) => boolean): Promise<ApiObject> {
    const look = (): Promise<ApiObject> => this.api.get('cert-manager.io/v1', 'Certificate', this.namespace, name);
    return until(`Certificate '${name}' ${what}`, seconds, async () => {
      const certificate = await look();
      return certificate !== undefined && wanted(certificate) ? certificate : undefined;
    }, async () => [(await look())?.status, await this.events()]);
  }

  /** Messages of the events in the namespace. */
  async events(): Promise<string[]> {
    return (await this.api.list('v1', 'Event', this.namespace)).map((event) => `${event.involvedObject.kind}/${event.involvedObject.name} ${event.reason}: ${event.message}`);
  }
}

/** The condition of a type, or undefined. */
export function condition(object: ApiObject, type: string): ApiObject {
  return object.status?.conditions?.find((entry: ApiObject) => entry.type === type);
}

/** Whether an object is Ready for the spec that it has now. */
export function isReady(object: ApiObject): boolean {
  return condition(object, 'Ready')?.status === 'True';
}

async function reachable(): Promise<ApiServer> {
  try {
    const api = ApiServer.fromEnvironment();
    const probe = { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'probe', namespace: 'default' } };
    const valid = await api.create({ ...probe, spec: { selfSigned: {} } }, { dryRun: true });
    if (valid.status !== 201) { throw new Error(`an Issuer is refused: ${valid.body.message}`); }
    const unsound = await api.create({ ...probe, spec: {} }, { dryRun: true });
    if (unsound.status === 201) { throw new Error('an Issuer of no type is accepted: the webhook of cert-manager is not there'); }
    return api;
  } catch (error) {
    throw new Error(`the cert-manager suite DID NOT RUN: it needs a KUBECONFIG whose cluster has cert-manager with its webhook, but ${(error as Error).message}`, { cause: error });
  }
}
