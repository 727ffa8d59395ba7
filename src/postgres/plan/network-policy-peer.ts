import { k8s, NetworkPolicyPeerConfig } from 'cdk8s-plus-27';
import { isGiven } from '../../data';

/** A peer of a NetworkPolicy, as the API has it. */
export type NetworkPolicyPeer = k8s.NetworkPolicyPeer;

/** A peer that the user gives: one of this package, or a construct of cdk8s-plus. */
export type GivenPeer = { readonly _peer: NetworkPolicyPeer } | { toNetworkPolicyPeerConfig(): unknown };

/** The label by which a namespace is known. Source: Kubernetes, Automatic labelling. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Pods with labels, in a namespace unless it is that of the policy. */
export function podsIn(labels: Readonly<Record<string, string>>, otherNamespace?: string): NetworkPolicyPeer {
  return { podSelector: { matchLabels: { ...labels } }, ...(otherNamespace !== undefined && { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: otherNamespace } } }) };
}

/** What a NetworkPolicy has for a peer; several where it names several namespaces, since a selector has each label once. */
export function peersOf(peer: GivenPeer): NetworkPolicyPeer[] {
  if ('_peer' in peer) { return [peer._peer]; }
  const { ipBlock, podSelector } = peer.toNetworkPolicyPeerConfig() as NetworkPolicyPeerConfig;
  if (ipBlock !== undefined) { return [{ ipBlock: ipBlock._toKube() }]; }
  if (podSelector === undefined) { return [{}]; }
  const pods = podSelector.labelSelector?._toKube() ?? {};
  const { labelSelector, names } = podSelector.namespaces ?? {};
  const namespaces = labelSelector?._toKube();
  if (names === undefined) { return [{ podSelector: pods, ...(isGiven(namespaces) && { namespaceSelector: namespaces }) }]; }
  return names.map((name) => ({ podSelector: pods, namespaceSelector: { ...namespaces, matchLabels: { ...namespaces?.matchLabels, [NAMESPACE_NAME]: name } } }));
}
