import { meets } from './label-selector';
import { areTogether, type Manifest } from './manifest';
import type { ManifestIndex } from './manifest-index';
import { hasDirection, meetsPorts, type PodPort } from './network-policies';
import { type Mapping, mappings } from '../data';

/** A peer that a NetworkPolicy admits to a port. */
export interface IngressPeer {
  /** Undefined for every peer: the rule names none. */
  readonly peer: Mapping | undefined;
  readonly policy: Manifest;
}

/** What NetworkPolicies admit to a port of a pod. */
export interface IngressPeers {
  /** Policies that select the pod. */
  readonly policies: ReadonlyArray<Manifest>;
  /** Policies that select it if a controller adds the labels that they name. */
  readonly possiblePolicies: ReadonlyArray<Manifest>;
  readonly peers: ReadonlyArray<IngressPeer>;
}

/** The peers that may connect to a port of a pod, as the NetworkPolicies of its namespace have them. */
export function ingressPeersOf(manifests: ManifestIndex, server: PodPort): IngressPeers {
  const { pod } = server;
  // Policies do not apply to the network of the node.
  const all = pod.spec['hostNetwork'] === true ? [] : manifests.ofKind('networking.k8s.io', 'NetworkPolicy')
    .filter((policy) => (policy.namespace ?? '') === (pod.at.namespace ?? '') && areTogether(policy, pod.at) && hasDirection(policy, 'Ingress'));
  const selecting = (answer: string) => all.filter(({ spec }) => meets(spec['podSelector'], pod.labels) === answer);
  const policies = selecting('yes');
  const peers = policies.flatMap((policy) => mappings(policy.spec['ingress']).filter(({ ports }) => meetsPorts(ports, server)).flatMap(({ from }): IngressPeer[] => (
    Array.isArray(from) && from.length > 0 ? mappings(from).map((peer) => ({ peer, policy })) : [{ peer: undefined, policy }]
  )));
  return { policies, possiblePolicies: selecting('unknown'), peers };
}
