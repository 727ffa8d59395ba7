import { ClientView } from './client-view';
import { publications } from './published-hosts';
import { ServerView } from './server-view';
import { CertificateView } from '../certificate-view';
import { Inventory } from '../inventory';
import { Judged } from '../judged';
import { oncePer } from '../once-per';
import { PodView } from '../pod-view';
import { mapping, mappings, text } from '../reading';

/** A server at a host name. */
export interface FoundServer {
  readonly server: ServerView;
  /** Whether the name is one that a load balancer or a route has outside of the cluster's DNS. */
  readonly isPublished: boolean;
}

/** Names that lead to names are followed this far. */
const LONGEST_CHAIN = 8;

/** The PostgreSQL servers and clients of an app, and the way from a host name to a server. Everything is looked at once, on first use. */
export class Workloads {
  public static readonly of = oncePer((inventory: Inventory): Workloads => new Workloads(inventory));

  private readonly servers = new Map<PodView, ReadonlyArray<ServerView>>();
  private readonly clients = new Map<PodView, ReadonlyArray<ClientView>>();
  private readonly hosts = new Map<string, ReadonlyArray<FoundServer>>();
  private published: ReadonlyMap<string, Judged[]> | undefined;
  private labelled: ReadonlyMap<string, PodView[]> | undefined;
  private shown: ReadonlySet<CertificateView> | undefined;

  private constructor(private readonly inventory: Inventory) {}

  public serversOf(pod: PodView): ReadonlyArray<ServerView> {
    return remembered(this.servers, pod, () => pod.containers.flatMap((container) => ServerView.of(pod, container, this.inventory) ?? []));
  }

  public clientsOf(pod: PodView): ReadonlyArray<ClientView> {
    return remembered(this.clients, pod, () =>
      pod.containers.flatMap((container) =>
        ClientView.of(pod, container, this.inventory, this.serversOf(pod).find((server) => server.container === container))));
  }

  /** The servers of the app that a client reaches at one of its hosts, which leads it to a place. */
  public serversAt(client: ClientView, host: string, place: string): ReadonlyArray<FoundServer> {
    const port = client.portOf(host);
    if (isLoopback(place)) { return inside(this.serversOf(client.pod).filter((server) => server.port === port)); }
    const name = place.replace(/\.$/, '').toLowerCase();
    return remembered(this.hosts, `${client.pod.at.namespace ?? ''} ${name} ${port}`, () => this.lookUp(name, client.pod.at.namespace, port));
  }

  /** The servers behind any port of a Service. */
  public serversBehind(service: Judged): ReadonlyArray<ServerView> {
    return [...new Set(mappings(service.spec['ports']).flatMap(({ port }) => this.behind(service, text(port))))];
  }

  /** Whether some server of the app shows the Certificate to its clients. */
  public isServerCertificate(certificate: CertificateView): boolean {
    this.shown ??= new Set(this.inventory.pods.flatMap((pod) => this.serversOf(pod)).flatMap((server) =>
      server.certificate ?? server.presumedMounts.map((mount) => mount.certificate)));
    return this.shown.has(certificate);
  }

  /** As DNS resolves a name for a pod: the cluster's own names first, then those that the app publishes; an ExternalName is another name. */
  private lookUp(name: string, from: string | undefined, port: string, depth = 0): ReadonlyArray<FoundServer> {
    const alias = depth < LONGEST_CHAIN ? this.serviceNamed(name, from) : undefined;
    if (alias?.spec['type'] === 'ExternalName') { return this.lookUp(text(alias.spec['externalName']).replace(/\.$/, '').toLowerCase(), alias.namespace, port, depth + 1); }
    const found = this.inCluster(name, from, port);
    if (found.length > 0 || !name.includes('.')) { return inside(found); }
    this.published ??= byHost(this.inventory);
    return (this.published.get(name) ?? []).flatMap((service) => this.behind(service, port)).map((server) => ({ server, isPublished: true }));
  }

  private serviceNamed(name: string, from: string | undefined): Judged | undefined {
    const [first = '', second, third] = name.split('.');
    return third === undefined || third === 'svc' ? this.inventory.find('', 'Service', second ?? from, first) : undefined;
  }

  /** As the cluster's DNS resolves a name for a pod: its own namespace first. */
  private inCluster(name: string, from: string | undefined, port: string): ReadonlyArray<ServerView> {
    const [first = '', second, third, ...rest] = name.split('.');
    const service = (serviceName: string, namespace: string | undefined) => this.inventory.find('', 'Service', namespace, serviceName);
    if (second === undefined) { return this.behind(service(first, from), port); }
    if (third === undefined || third === 'svc') {
      const ofPod = third === undefined ? this.podBehind(service(second, from), first, port) : undefined;
      return ofPod ?? this.behind(service(first, second), port);
    }
    return rest[0] === undefined || rest[0] === 'svc' ? this.podBehind(service(second, third), first, port) ?? [] : [];
  }

  /** A pod of a StatefulSet by its own name below the headless Service. */
  private podBehind(service: Judged | undefined, podName: string, port: string): ReadonlyArray<ServerView> | undefined {
    if (service === undefined || service.spec['clusterIP'] !== 'None') { return undefined; }
    const pods = this.selected(service).filter(({ at, spec }) => (at.kind === 'StatefulSet' ? new RegExp(`^${at.name.replaceAll('.', '\\.')}-\\d+$`).test(podName) : spec['hostname'] === podName));
    return pods.flatMap((pod) => this.serversOf(pod)).filter((server) => server.port === port);
  }

  private behind(service: Judged | undefined, port: string): ReadonlyArray<ServerView> {
    if (service === undefined) { return []; }
    const entry = mappings(service.spec['ports']).find((candidate) => text(candidate['port']) === port);
    if (entry === undefined && service.spec['clusterIP'] !== 'None') { return []; }
    const target = service.spec['clusterIP'] === 'None' ? port : text(entry!['targetPort']) || port;
    return this.selected(service).flatMap((pod) => this.serversOf(pod).filter((server) => listens(pod, server, target)));
  }

  private selected({ spec, namespace }: Judged): ReadonlyArray<PodView> {
    const selector = Object.entries(mapping(spec['selector'])).map(([name, value]) => `${namespace ?? ''} ${name}=${text(value)}`);
    if (selector.length === 0 || spec['type'] === 'ExternalName') { return []; }
    this.labelled ??= byLabel(this.inventory.pods);
    const [fewest = [], ...others] = selector.map((label) => this.labelled!.get(label) ?? []).sort((a, b) => a.length - b.length);
    const sets = others.map((pods) => new Set(pods));
    return fewest.filter((pod) => sets.every((set) => set.has(pod)));
  }
}

function inside(servers: ReadonlyArray<ServerView>): ReadonlyArray<FoundServer> {
  return servers.map((server) => ({ server, isPublished: false }));
}

function byHost(inventory: Inventory): Map<string, Judged[]> {
  const found = new Map<string, Judged[]>();
  for (const { host, service } of publications(inventory)) { found.set(host.toLowerCase(), [...found.get(host.toLowerCase()) ?? [], service]); }
  return found;
}

/** Whether a server is what answers at a port of its pod, by number or by name. */
function listens(pod: PodView, server: ServerView, target: string): boolean {
  const named = pod.containers.find(({ spec }) => mappings(spec['ports']).some(({ name, containerPort }) => text(name) === target || text(containerPort) === target));
  return named === undefined ? /^\d+$/.test(target) && server.port === target : named === server.container;
}

function byLabel(pods: ReadonlyArray<PodView>): Map<string, PodView[]> {
  const found = new Map<string, PodView[]>();
  for (const pod of pods) {
    for (const [name, value] of [...Object.entries(pod.labels), ...labelsOfController(pod)]) {
      const label = `${pod.at.namespace ?? ''} ${name}=${text(value)}`;
      const known = found.get(label);
      if (known) { known.push(pod); } else { found.set(label, [pod]); }
    }
  }
  return found;
}

/** What the controller of a StatefulSet adds to the labels of its first pod, which stands for all of them here. */
function labelsOfController({ at: { kind, name } }: PodView): Array<[string, string]> {
  return kind === 'StatefulSet' ? [['statefulset.kubernetes.io/pod-name', `${name}-0`], ['apps.kubernetes.io/pod-index', '0']] : [];
}

/** Whether a host is the machine itself, which all containers of a pod are. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
