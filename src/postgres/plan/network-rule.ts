import { isDeepStrictEqual } from 'node:util';
import { GivenPeer, NetworkPolicyPeer, peersOf } from './network-policy-peer';
import type { Ranked } from './rank';
import type { ServiceAlias, ServiceOptions } from './services';
import type { PostgresProps } from '../postgres-props';
import { PostgresServiceType } from '../service-type';

/** Who may connect to a port of the pod. */
export interface NetworkRule extends Ranked {
  /** Name of the port. */
  readonly port: string;
  /** The Service by which connections from outside of the cluster arrive; undefined where there is none. */
  readonly alias?: ServiceAlias;
  readonly from: ReadonlyArray<NetworkPolicyPeer>;
  /** Whether the user gives the peers. */
  readonly isGiven: boolean;
}

/** What a feature needs of a port. Peers that the user gives replace the default. */
export interface NetworkNeed extends Ranked {
  readonly port: string;
  readonly alias?: ServiceAlias;
  readonly byDefault: NetworkPolicyPeer;
  /** Pods of clients that are connected: they replace the default, and are added to the peers that the user gives. */
  readonly connected?: ReadonlyArray<NetworkPolicyPeer>;
  readonly given?: ReadonlyArray<GivenPeer>;
}

export function networkRule({ services }: PostgresProps, { byDefault, given, connected = [], ...need }: NetworkNeed): NetworkRule {
  const clients = connected.filter((peer, index) => connected.findIndex((other) => isDeepStrictEqual(other, peer)) === index);
  const from = given ? [...given.flatMap(peersOf), ...clients] : [...(clients.length === 0 ? [byDefault] : clients), ...publishedTo(need.alias && services?.[need.alias])];
  return { ...need, isGiven: given !== undefined, from };
}

/** Whether a Service can be reached from outside of the cluster. */
export function isPublished(options: ServiceOptions): boolean {
  return options?.type === PostgresServiceType.LOAD_BALANCER || options?.type === PostgresServiceType.NODE_PORT;
}

/** Whether connections from outside arrive with the address of their client, and not of a node. */
export function keepsClientAddresses(options: ServiceOptions): boolean {
  return options?.externalTrafficPolicy === 'Local';
}

/** The networks to which a Service is published: the policy must admit what its load balancer admits. */
function publishedTo(options: ServiceOptions): NetworkPolicyPeer[] {
  if (!isPublished(options)) { return []; }
  const everywhere = keepsClientAddresses(options) ? ['0.0.0.0/0', '::/0'] : [];
  return (options?.loadBalancerSourceRanges ?? everywhere).map((cidr) => ({ ipBlock: { cidr } }));
}
