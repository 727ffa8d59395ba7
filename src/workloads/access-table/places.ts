import { describePeer } from './describe-peer';
import { publications } from '../published-hosts';
import type { ServerView } from '../server-view';
import { type Mapping, mapping, mappings, text, texts } from '../../data';
import { areTogether, displayName, ingressPeersOf, type Manifest, PodSelection } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { AddressSet, type Origin } from '../../postgresql';

/** From where a server can be connected to. */
export interface AccessPlace extends Origin {
  readonly words: string;
  /** Whether connections arrive at the socket, and not over TCP. */
  readonly isSocket: boolean;
  /** Why it is not known whether connections from there arrive. */
  readonly doubt?: string;
}

const LOOPBACK = AddressSet.of('127.0.0.0/8')!.with(AddressSet.of('::1')!);

/** Everything but the loopback addresses. */
const ELSEWHERE = AddressSet.ALL.without(LOOPBACK);

/** Every place from which connections to a server arrive, in the order of their distance. */
export function placesOf(server: ServerView, manifests: IssuanceGraph): AccessPlace[] {
  const { pod } = server;
  const hasOwnAddress = pod.spec['hostNetwork'] !== true;
  return [
    { words: 'inside the pod (socket)', isSocket: true, isSameMachine: true, addresses: AddressSet.ALL },
    { words: hasOwnAddress ? 'inside the pod (TCP)' : 'the node (loopback)', isSocket: false, isSameMachine: true, addresses: LOOPBACK },
    { words: hasOwnAddress ? "inside the pod (the pod's address)" : "the node (the node's address)", isSocket: false, isSameMachine: true, addresses: ELSEWHERE },
    ...fromElsewhere(server, manifests),
  ];
}

function fromElsewhere(server: ServerView, manifests: IssuanceGraph): AccessPlace[] {
  const { pod } = server;
  const { policies, possiblePolicies, peers } = ingressPeersOf(manifests, { pod, port: server.port });
  const through = publishing(server, manifests);
  const suffix = through.length === 0 ? '' : ` (also through ${through.map(describeService).join(', ')})`;
  const place = (words: string, addresses: AddressSet, doubt?: string): AccessPlace => ({ words, addresses, isSocket: false, isSameMachine: false, doubt });
  if (policies.length === 0) {
    const doubt = possiblePolicies.length === 0 ? undefined : `${possiblePolicies.map(displayName).join(', ')} may select the pod by labels that controllers add`;
    return [place(`every pod and every network that reaches the pod${suffix}`, ELSEWHERE, doubt)];
  }
  const admitted = peers.map(({ peer, policy }) => place(
    `${describePeer(peer, policy.namespace)}${peer === undefined || isBlock(peer) ? suffix : ''}`, peer === undefined ? ELSEWHERE : peerAddresses(peer),
  ));
  const hidden = through.filter(({ spec }) => spec['externalTrafficPolicy'] !== 'Local');
  return [
    // Source: Kubernetes, Network Policies: traffic to and from the node where a pod runs is always allowed.
    place("the pod's node", ELSEWHERE),
    ...unique(admitted),
    // The policy sees the address of a node then. Source: Kubernetes, Using Source IP.
    ...(hidden.length === 0 || peers.some(({ peer }) => peer === undefined) ? [] : [
      place(`outside of the cluster, through ${hidden.map(describeService).join(', ')}`, ELSEWHERE, 'whether a NetworkPolicy admits the address of a node depends on the network plugin'),
    ]),
  ];
}

function isBlock(peer: Mapping): boolean {
  return peer['ipBlock'] !== undefined && peer['ipBlock'] !== null;
}

/** The addresses of a peer; those of pods are not known. */
function peerAddresses(peer: Mapping): AddressSet {
  if (!isBlock(peer)) { return ELSEWHERE; }
  const { cidr, except } = mapping(peer['ipBlock']);
  const network = AddressSet.of(text(cidr)) ?? AddressSet.NONE;
  return texts(except).reduce((left, hole) => left.without(AddressSet.of(hole) ?? AddressSet.NONE), network).without(LOOPBACK);
}

function unique(places: ReadonlyArray<AccessPlace>): AccessPlace[] {
  return places.filter(({ words }, index) => places.findIndex((other) => other.words === words) === index);
}

/** The Services by which connections from outside of the cluster reach a server. */
function publishing({ pod, container, port }: ServerView, manifests: IssuanceGraph): Manifest[] {
  const routed = new Set(publications(manifests).filter(({ by, service }) => by !== service).map(({ service }) => service));
  return manifests.ofKind('', 'Service').filter((service) => {
    const { spec, namespace } = service;
    const isPublished = spec['type'] === 'LoadBalancer' || spec['type'] === 'NodePort' || routed.has(service);
    const selector = mapping(spec['selector']);
    return isPublished && areTogether(service, pod.at) && (namespace ?? '') === (pod.at.namespace ?? '') && Object.keys(selector).length > 0 && PodSelection.of(manifests).selected(namespace, { matchLabels: selector }).includes(pod)
      && mappings(spec['ports']).some((entry) => {
        const target = text(entry['targetPort']) || text(entry['port']);
        return target === port || container.ports.some(({ name, containerPort }) => text(name) === target && text(containerPort) === port);
      });
  });
}

function describeService({ spec, name }: Manifest): string {
  return `${text(spec['type']) || 'ClusterIP'} Service '${name}'`;
}
