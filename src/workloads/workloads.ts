import { ClientView } from './client-view';
import { isLoopback } from './loopback';
import { Publication, publications } from './published-hosts';
import { ServerView } from './server-view';
import { groupBy, mappings, memoizeByObject, text } from '../data';
import { displayName, Manifest, PodSelection, PodView } from '../kubernetes';
import { CertificateNode, IssuanceGraph } from '../pki';

/** A server at a host name. */
export interface FoundServer {
  readonly server: ServerView;
  /** Whether the name is published by a load balancer or a route outside of cluster DNS. */
  readonly isPublished: boolean;
}

/** A port of a host of the app at which nothing listens. */
export interface ClosedPort {
  /** A server of the host, at another port. */
  readonly server: ServerView;
  readonly port: string;
  /** For example `Service 'db' has no port 5433`. */
  readonly reason: string;
  /** Whether the connection is rejected at once; otherwise it depends on the mode of kube-proxy. */
  readonly isRejected: boolean;
}

/** The maximum length of a chain of aliases. */
const LONGEST_CHAIN = 8;

/** The PostgreSQL servers and clients of an app, and the lookup of a server by host name. Each result is computed once, on first use. */
export class Workloads {
  public static readonly of = memoizeByObject((manifests: IssuanceGraph): Workloads => new Workloads(manifests));

  private readonly servers = new Map<PodView, ReadonlyArray<ServerView>>();
  private readonly clients = new Map<PodView, ReadonlyArray<ClientView>>();
  private readonly hosts = new Map<string, ReadonlyArray<FoundServer>>();
  private published: ReadonlyMap<string, Publication[]> | undefined;
  private shown: ReadonlySet<CertificateNode> | undefined;

  private constructor(private readonly manifests: IssuanceGraph) {}

  public serversOf(pod: PodView): ReadonlyArray<ServerView> {
    return computedOnce(this.servers, pod, () => pod.containers.flatMap((container) => ServerView.of(pod, container, this.manifests) ?? []));
  }

  public clientsOf(pod: PodView): ReadonlyArray<ClientView> {
    return computedOnce(this.clients, pod, () =>
      pod.containers.flatMap((container) =>
        ClientView.of(pod, container, this.manifests, this.serversOf(pod).find((server) => server.container === container))));
  }

  /** The servers of the app that a client reaches at one of its hosts with the given address. */
  public serversAt(client: ClientView, host: string, place: string): ReadonlyArray<FoundServer> {
    const port = client.portOf(host);
    if (isLoopback(place)) { return inside(this.serversOf(client.pod).filter((server) => server.port === port)); }
    const name = place.replace(/\.$/, '').toLowerCase();
    return computedOnce(this.hosts, `${client.pod.at.namespace ?? ''} ${name} ${port}`, () => this.lookUp(name, client.pod.at.namespace, port));
  }

  /**
   * Why nothing listens at the port of a client, where its host is a Service of the app for a server; undefined where something may listen.
   * A port that is not visible may be another one than the default.
   */
  public closedPortAt(client: ClientView, host: string, place: string): ClosedPort | undefined {
    const service = isLoopback(place) ? undefined : this.serviceNamed(place.replace(/\.$/, '').toLowerCase(), client.pod.at.namespace);
    if (service === undefined) { return undefined; }
    const pods = this.selected(service);
    const server = pods.flatMap((pod) => this.serversOf(pod))[0];
    return server && this.closedPort(service, pods, server, client.portOf(host), client.setting('port') !== undefined);
  }

  /** The servers behind any port of a Service. */
  public serversBehind(service: Manifest): ReadonlyArray<ServerView> {
    return [...new Set(mappings(service.spec['ports']).flatMap(({ port }) => this.behind(service, text(port))))];
  }

  /**
   * Why cluster DNS has no address for a host that names a pod of a StatefulSet of the app; undefined where it has one, or where the host
   * does not name such a pod. Source: Kubernetes, DNS for Services and Pods: hostname and subdomain of a pod, below a headless Service of that name.
   */
  public podWithoutName(client: ClientView, host: string): string | undefined {
    const from = client.pod.at.namespace;
    const [first = '', second, third, ...rest] = host.replace(/\.$/, '').toLowerCase().split('.');
    if (second === undefined || third === 'svc' || (third !== undefined && rest[0] !== undefined && rest[0] !== 'svc')) { return undefined; }
    const service = this.manifests.find('', 'Service', third ?? from, second);
    const isService = third === undefined && this.manifests.find('', 'Service', second, first) !== undefined;
    const pod = PodSelection.of(this.manifests).all(third ?? from).find((candidate) => isPodOf(candidate, first));
    if (service === undefined || isService || pod === undefined) { return undefined; }
    if (service.spec['clusterIP'] !== 'None') { return `Service '${service.name}' is not headless`; }
    const governing = text(pod.at.spec['serviceName']);
    return governing === service.name ? undefined : `${displayName(pod.at)} has ${governing === '' ? 'no serviceName' : `serviceName '${governing}'`}`;
  }

  /** Whether a server of the app presents the Certificate to its clients. */
  public isServerCertificate(certificate: CertificateNode): boolean {
    this.shown ??= new Set(this.manifests.pods.flatMap((pod) => this.serversOf(pod)).flatMap((server) =>
      server.certificate ?? server.presumedMounts.map((mount) => mount.certificate)));
    return this.shown.has(certificate);
  }

  /** As DNS resolves a name for a pod: the cluster's own names first, then those that the app publishes; an ExternalName is an alias. */
  private lookUp(name: string, from: string | undefined, port: string, depth = 0): ReadonlyArray<FoundServer> {
    const alias = depth < LONGEST_CHAIN ? this.serviceNamed(name, from) : undefined;
    if (alias?.spec['type'] === 'ExternalName') { return this.lookUp(text(alias.spec['externalName']).replace(/\.$/, '').toLowerCase(), alias.namespace, port, depth + 1); }
    const found = this.inCluster(name, from, port);
    if (found.length > 0 || !name.includes('.')) { return inside(found); }
    this.published ??= groupBy(publications(this.manifests), (publication) => publication.host.toLowerCase());
    return (this.published.get(name) ?? []).flatMap(({ service }) => this.behind(service, port)).map((server) => ({ server, isPublished: true }));
  }

  private serviceNamed(name: string, from: string | undefined): Manifest | undefined {
    const [first = '', second, third] = name.split('.');
    return third === undefined || third === 'svc' ? this.manifests.find('', 'Service', second ?? from, first) : undefined;
  }

  /** As cluster DNS resolves a name for a pod: its own namespace first. */
  private inCluster(name: string, from: string | undefined, port: string): ReadonlyArray<ServerView> {
    const [first = '', second, third, ...rest] = name.split('.');
    const service = (serviceName: string, namespace: string | undefined) => this.manifests.find('', 'Service', namespace, serviceName);
    if (second === undefined) { return this.behind(service(first, from), port); }
    if (third === undefined || third === 'svc') {
      const ofPod = third === undefined ? this.podBehind(service(second, from), first, port) : undefined;
      return ofPod ?? this.behind(service(first, second), port);
    }
    return rest[0] === undefined || rest[0] === 'svc' ? this.podBehind(service(second, third), first, port) ?? [] : [];
  }

  /** A pod of a StatefulSet by its own name below the headless Service. */
  private podBehind(service: Manifest | undefined, podName: string, port: string): ReadonlyArray<ServerView> | undefined {
    if (service === undefined || service.spec['clusterIP'] !== 'None') { return undefined; }
    const pods = this.selected(service).filter((pod) => (pod.at.kind === 'StatefulSet' ? isPodOf(pod, podName) : pod.spec['hostname'] === podName));
    return pods.flatMap((pod) => this.serversOf(pod)).filter((server) => server.port === port);
  }

  private behind(service: Manifest | undefined, port: string): ReadonlyArray<ServerView> {
    if (service === undefined) { return []; }
    const entry = mappings(service.spec['ports']).find((candidate) => text(candidate['port']) === port);
    if (entry === undefined && service.spec['clusterIP'] !== 'None') { return []; }
    const target = service.spec['clusterIP'] === 'None' ? port : text(entry!['targetPort']) || port;
    return this.selected(service).flatMap((pod) => this.serversOf(pod).filter((server) => listens(pod, server, target)));
  }

  private closedPort(service: Manifest, pods: ReadonlyArray<PodView>, server: ServerView, port: string, isGiven: boolean): ClosedPort | undefined {
    const entry = mappings(service.spec['ports']).find((candidate) => text(candidate['port']) === port);
    const isHeadless = service.spec['clusterIP'] === 'None';
    if (entry === undefined && !isHeadless) {
      return isGiven ? { server, port, reason: `${displayName(service)} has no port ${port}`, isRejected: false } : undefined;
    }
    const target = isHeadless ? port : text(entry!['targetPort']) || port;
    if ((isHeadless && !isGiven) || pods.some((pod) => this.mayListen(pod, target))) { return undefined; }
    const reason = isHeadless ? `nothing listens at port ${port} of ${displayName(server.pod.at)}` : `port ${port} of ${displayName(service)} leads to port '${target}', at which nothing listens`;
    return { server, port, reason, isRejected: true };
  }

  /** Whether a process of a pod may listen at a port. A name of a port must be that of a container; containers need not declare numbers. */
  private mayListen(pod: PodView, target: string): boolean {
    if (pod.containerAt(target) !== undefined) { return true; }
    if (!/^\d+$/.test(target)) { return false; }
    const servers = this.serversOf(pod);
    return servers.some(({ isPortKnown, port }) => !isPortKnown || port === target)
      || pod.containers.some((container) => !container.isInit && !servers.some((server) => server.container === container));
  }

  private selected({ spec, namespace }: Manifest): ReadonlyArray<PodView> {
    return spec['type'] === 'ExternalName' ? [] : PodSelection.of(this.manifests).selected(namespace, { matchLabels: spec['selector'] });
  }
}

function inside(servers: ReadonlyArray<ServerView>): ReadonlyArray<FoundServer> {
  return servers.map((server) => ({ server, isPublished: false }));
}

/** Whether a name is that of a pod of a StatefulSet. */
function isPodOf({ at: { kind, name } }: PodView, podName: string): boolean {
  return kind === 'StatefulSet' && podName.startsWith(`${name}-`) && /^\d+$/.test(podName.slice(name.length + 1));
}

/** Whether a server listens at a port of its pod, by number or by name. */
function listens(pod: PodView, server: ServerView, target: string): boolean {
  const named = pod.containerAt(target);
  return named === undefined ? /^\d+$/.test(target) && server.port === target : named === server.container;
}

function computedOnce<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
