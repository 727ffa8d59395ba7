import type { NetworkPolicyPeer } from './network-policy-peer';
import type { Ranked } from './rank';
import { templateOf } from './services';
import type { PostgresProps } from '../postgres-props';
import { PostgresServiceType, ServiceAlias } from '../service-alias';

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
  readonly given?: ReadonlyArray<{ readonly _peer: NetworkPolicyPeer }>;
}

export function networkRule({ serviceTemplates }: PostgresProps, { byDefault, given, ...need }: NetworkNeed): NetworkRule {
  const template = need.alias && templateOf(serviceTemplates, need.alias);
  return { ...need, isGiven: given !== undefined, from: given?.map(({ _peer }) => _peer) ?? [byDefault, ...publishedTo(template)] };
}

type Template = ReturnType<typeof templateOf>;

/** Whether a Service can be reached from outside of the cluster. */
export function isPublished(template: Template): boolean {
  return template?.type === PostgresServiceType.LOAD_BALANCER || template?.type === PostgresServiceType.NODE_PORT;
}

/** Whether connections from outside arrive with the address of their client, and not of a node. */
export function keepsClientAddresses(template: Template): boolean {
  return template?.externalTrafficPolicy === 'Local';
}

/** The networks to which a Service is published: the policy must admit what its load balancer admits. */
function publishedTo(template: Template): NetworkPolicyPeer[] {
  if (!isPublished(template)) { return []; }
  const everywhere = keepsClientAddresses(template) ? ['0.0.0.0/0', '::/0'] : [];
  return (template?.loadBalancerSourceRanges ?? everywhere).map((cidr) => ({ ipBlock: { cidr } }));
}
