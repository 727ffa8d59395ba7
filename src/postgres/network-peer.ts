import type { IConstruct } from 'constructs';
import { NetworkPolicyPeer } from './plan/network-policy-peer';
import { checkArguments } from '../checks';

/**
 * A construct that NetworkPolicies can allow: every `INetworkPolicyPeer` of cdk8s-plus-27 to 33 is one. These are a Deployment or another workload of the app,
 * `Pods`, `Namespaces` and `NetworkPolicyIpBlock`.
 */
export interface INetworkPeer extends IConstruct {
  /** The pods or the network, as a `NetworkPolicyPeerConfig` of cdk8s-plus. */
  toNetworkPolicyPeerConfig(): unknown;
}

/** Pods or networks that a NetworkPolicy allows, by labels and CIDR. Wherever it is accepted, so is an INetworkPeer, such as a Deployment of cdk8s-plus. */
export class NetworkPeer {
  /** Every pod of the database's namespace. */
  public static sameNamespace(): NetworkPeer {
    return new NetworkPeer({ podSelector: {} });
  }

  /** Pods of the database's namespace that have all of these labels. */
  public static pods(labels: { readonly [name: string]: string }): NetworkPeer {
    checkArguments('NetworkPeer.pods', labels);
    return new NetworkPeer({ podSelector: { matchLabels: labels } });
  }

  /** Every pod of the namespaces that have all of these labels; `kubernetes.io/metadata.name` is the name of a namespace. */
  public static namespaces(labels: { readonly [name: string]: string }): NetworkPeer {
    checkArguments('NetworkPeer.namespaces', labels);
    return new NetworkPeer({ namespaceSelector: { matchLabels: labels } });
  }

  /** Pods with all of these labels, in namespaces with all of those. */
  public static podsInNamespaces(podLabels: { readonly [name: string]: string }, namespaceLabels: { readonly [name: string]: string }): NetworkPeer {
    checkArguments('NetworkPeer.podsInNamespaces', podLabels, namespaceLabels);
    return new NetworkPeer({ podSelector: { matchLabels: podLabels }, namespaceSelector: { matchLabels: namespaceLabels } });
  }

  /** Every pod of the cluster. */
  public static anywhere(): NetworkPeer {
    return new NetworkPeer({ namespaceSelector: {} });
  }

  /**
   * A network outside the cluster.
   *
   * @param cidr in CIDR notation
   */
  public static network(cidr: string): NetworkPeer {
    checkArguments('NetworkPeer.network', cidr);
    return new NetworkPeer({ ipBlock: { cidr } });
  }

  private constructor(
    /** @internal */
    public readonly _peer: NetworkPolicyPeer,
  ) {}
}
