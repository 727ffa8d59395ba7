import type { ClientView } from './client-view';
import { CertificateMount, certificateMounts } from './pod-files';
import type { ServerView } from './server-view';
import { Workloads } from './workloads';
import { memoizeByObject } from '../data';
import { Located, Manifest, PodView } from '../kubernetes';
import { IssuanceGraph } from '../pki';

/** A way from a client to a server of the app. */
export interface ConnectionPath {
  readonly client: ClientView;
  /** What the client verifies. */
  readonly host: string;
  /** Where it connects to. */
  readonly place: string;
  readonly server: ServerView;
  /** Whether the host is one that a load balancer or a route has outside of the cluster's DNS. */
  readonly isPublished: boolean;
}

/** A pod, what runs in it, and everything beside it. */
export class PodContext implements Located {
  public readonly at: Manifest;
  /** Every Secret of a Certificate of the app that a container sees. */
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

  /** Every way from a client of the pod to a server of the app. */
  public get connections(): ReadonlyArray<ConnectionPath> {
    this.ways ??= this.clients.flatMap((client) => client.hosts.flatMap((host) => {
      const place = client.placeOf(host);
      return this.workloads.serversAt(client, host, place).map((found) => ({ ...found, client, host, place }));
    }));
    return this.ways;
  }
}

/** Every pod of the app; several tables of rules look at the same. */
export const podsOf = memoizeByObject((manifests: IssuanceGraph): ReadonlyArray<PodContext> => manifests.pods.map((pod) => new PodContext(pod, manifests)));
