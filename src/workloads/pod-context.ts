import type { ClientView } from './client-view';
import { CertificateMount, certificateMounts } from './pod-files';
import type { ServerView } from './server-view';
import { ClosedPort, FoundServer, Workloads } from './workloads';
import { memoizeByObject } from '../data';
import { Located, Manifest, PodView } from '../kubernetes';
import { IssuanceGraph } from '../pki';

/** A connection from a client to a server of the app. */
export interface ConnectionPath {
  /** The pod of the client. */
  readonly from: PodContext;
  readonly client: ClientView;
  /** The host that the client verifies. */
  readonly host: string;
  /** The address that it connects to. */
  readonly place: string;
  readonly server: ServerView;
  /** Whether the host is published by a load balancer or a route outside of cluster DNS. */
  readonly isPublished: boolean;
  /** Why nothing listens at the port that the client connects to; the server is then one at another port of the host. */
  readonly closedPort?: ClosedPort;
}

/** A pod, its servers and clients, and the index of all manifests. */
export class PodContext implements Located {
  public readonly at: Manifest;
  /** Every mount of the Secret of a Certificate of the app. */
  public readonly mounts: ReadonlyArray<CertificateMount>;
  public readonly servers: ReadonlyArray<ServerView>;
  public readonly clients: ReadonlyArray<ClientView>;
  public readonly workloads: Workloads;
  private ways: ReadonlyArray<ConnectionPath> | undefined;

  public constructor(public readonly pod: PodView, public readonly manifests: IssuanceGraph) {
    this.at = pod.at;
    this.workloads = Workloads.of(manifests);
    this.mounts = certificateMounts(pod, manifests);
    this.servers = this.workloads.serversOf(pod);
    this.clients = this.workloads.clientsOf(pod);
  }

  /** Every connection from a client of the pod to a server of the app. */
  public get connections(): ReadonlyArray<ConnectionPath> {
    this.ways ??= this.clients.flatMap((client) => client.hosts.flatMap((host) => {
      const place = client.placeOf(host);
      return this.serversAt(client, host, place).map((found) => ({ ...found, from: this, client, host, place }));
    }));
    return this.ways;
  }

  private serversAt(client: ClientView, host: string, place: string): ReadonlyArray<FoundServer & Pick<ConnectionPath, 'closedPort'>> {
    const found = this.workloads.serversAt(client, host, place);
    if (found.length > 0) { return found; }
    const closed = this.workloads.closedPortAt(client, host, place);
    return closed === undefined ? [] : [{ server: closed.server, isPublished: false, closedPort: closed }];
  }
}

/** Every pod of the app, shared by several tables of rules. */
export const podsOf = memoizeByObject((manifests: IssuanceGraph): ReadonlyArray<PodContext> => manifests.pods.map((pod) => new PodContext(pod, manifests)));
