import { meets } from './label-selector';
import { Manifest } from './manifest';
import { ManifestIndex } from './manifest-index';
import { PodView } from './pod-view';
import { groupBy, isGiven, mapping, Mapping, mappings, memoizeByObject, text, texts, valueAt } from '../data';

type Direction = 'Ingress' | 'Egress';

/** A TCP port of a pod, by number and by the names that its containers give it. */
export interface PodPort {
  readonly pod: PodView;
  readonly port: string;
}

/** Ports of DNS servers behind their Service. */
const DNS_PORTS = new Set(['53', '5353', '1053']);

/**
 * The NetworkPolicies of an app and the connections that they certainly block. IP addresses of pods and labels of namespaces that the app does
 * not declare are not known, and count as admitted.
 */
export class NetworkPolicies {
  public static readonly of = memoizeByObject((manifests: ManifestIndex): NetworkPolicies => new NetworkPolicies(manifests));

  private readonly policies: ReadonlyMap<string, ReadonlyArray<Manifest>>;

  private constructor(private readonly manifests: ManifestIndex) {
    this.policies = groupBy(manifests.ofKind('networking.k8s.io', 'NetworkPolicy'), ({ namespace }) => namespace ?? '');
  }

  /** The policies that select the server if none of them admits the client; empty if one does, or if none selects the server. */
  public closedTo(client: PodView, server: PodPort): ReadonlyArray<Manifest> {
    return this.refusing(server.pod, 'Ingress', (rule) => this.meetsPeers(rule['from'], client, server.pod.at.namespace) && meetsPorts(rule['ports'], server));
  }

  public keepingIn(client: PodView, server: PodPort): ReadonlyArray<Manifest> {
    return this.refusing(client, 'Egress', (rule) => this.meetsPeers(rule['to'], server.pod, client.at.namespace) && meetsPorts(rule['ports'], server));
  }

  public withoutDns(client: PodView): ReadonlyArray<Manifest> {
    return this.refusing(client, 'Egress', admitsDns);
  }

  /**
   * Whether a pod declares TCP ports, and the policies that select it admit no connection at any of them, without a policy that denies all
   * connections.
   */
  public isShut(pod: PodView): boolean {
    const ports = pod.ports.filter(({ protocol }) => (text(protocol) || 'TCP') === 'TCP').map(({ containerPort }) => text(containerPort));
    const refusing = ports.length === 0 ? [] : this.refusing(pod, 'Ingress', (rule) => ports.some((port) => meetsPorts(rule['ports'], { pod, port })));
    return refusing.length > 0 && refusing.every(({ spec }) => mappings(spec['ingress']).length > 0);
  }

  private refusing(pod: PodView, direction: Direction, admits: (rule: Mapping) => boolean): ReadonlyArray<Manifest> {
    // Policies do not apply to the network of the node.
    if (pod.spec['hostNetwork'] === true) { return []; }
    const selecting = (this.policies.get(pod.at.namespace ?? '') ?? []).filter((policy) => hasDirection(policy, direction) && meets(policy.spec['podSelector'], pod.labels) !== 'no');
    const certain = selecting.filter((policy) => meets(policy.spec['podSelector'], pod.labels) === 'yes');
    const rules = selecting.flatMap(({ spec }) => mappings(spec[direction.toLowerCase()]));
    return certain.length > 0 && !rules.some(admits) ? certain : [];
  }

  private meetsPeers(peers: unknown, pod: PodView, policyNamespace: string | undefined): boolean {
    if (!Array.isArray(peers) || peers.length === 0) { return true; }
    return mappings(peers).some((peer) => isGiven(peer['ipBlock'])
      || (this.meetsNamespace(peer['namespaceSelector'], pod.at.namespace, policyNamespace) && meets(peer['podSelector'], pod.labels) !== 'no'));
  }

  private meetsNamespace(selector: unknown, namespace: string | undefined, policyNamespace: string | undefined): boolean {
    if (!isGiven(selector)) { return namespace === policyNamespace; }
    const declared = this.manifests.find('', 'Namespace', undefined, namespace ?? '');
    const labels = { ...mapping(declared && valueAt(declared.manifest, 'metadata.labels')), 'kubernetes.io/metadata.name': namespace ?? '' };
    return meets(selector, labels, (key) => declared === undefined || !(key in labels)) !== 'no';
  }
}

/** Whether a policy applies to a direction. Source: Kubernetes, NetworkPolicySpec, policyTypes. */
export function hasDirection({ spec }: Manifest, direction: Direction): boolean {
  const types = texts(spec['policyTypes']);
  return types.length > 0 ? types.includes(direction) : direction === 'Ingress' || isGiven(spec['egress']);
}

/** Whether the ports of a rule, if it names any, contain a port of a pod. */
export function meetsPorts(ports: unknown, { pod, port }: PodPort): boolean {
  if (!Array.isArray(ports) || ports.length === 0) { return true; }
  const names = pod.ports.filter(({ containerPort }) => text(containerPort) === port).map(({ name }) => text(name));
  return mappings(ports).some(({ protocol, port: wanted, endPort }) => (text(protocol) || 'TCP') === 'TCP'
    && (!isGiven(wanted) || text(wanted) === port || names.includes(text(wanted)) || (isGiven(endPort) && Number(wanted) <= Number(port) && Number(port) <= Number(endPort))));
}

function admitsDns({ to, ports }: Mapping): boolean {
  if (Array.isArray(ports) && ports.length > 0) {
    return mappings(ports).some(({ protocol, port, endPort }) => text(protocol) === 'UDP'
      && (!isGiven(port) || DNS_PORTS.has(text(port)) || !/^\d+$/.test(text(port)) || (isGiven(endPort) && Number(port) <= 53 && Number(endPort) >= 53)));
  }
  // DNS servers are in another namespace or on the node, not in the namespace of the pod.
  return !Array.isArray(to) || to.length === 0 || mappings(to).some((peer) => isGiven(peer['ipBlock']) || isGiven(peer['namespaceSelector']));
}
