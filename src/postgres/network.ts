import { NetworkPolicyPeer } from './private/network-policy-peer';

/** Pods or networks on the other side of a connection. */
export class NetworkPeer {
  /** Every pod of the database's namespace. */
  public static sameNamespace(): NetworkPeer {
    return new NetworkPeer({ podSelector: {} });
  }

  /** Pods of the database's namespace that have all of these labels. */
  public static pods(labels: { readonly [name: string]: string }): NetworkPeer {
    return new NetworkPeer({ podSelector: { matchLabels: labels } });
  }

  /** Every pod of the namespaces that have all of these labels; `kubernetes.io/metadata.name` is the name of a namespace. */
  public static namespaces(labels: { readonly [name: string]: string }): NetworkPeer {
    return new NetworkPeer({ namespaceSelector: { matchLabels: labels } });
  }

  /** Pods with all of these labels, in namespaces with all of those. */
  public static podsInNamespaces(podLabels: { readonly [name: string]: string }, namespaceLabels: { readonly [name: string]: string }): NetworkPeer {
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
    return new NetworkPeer({ ipBlock: { cidr } });
  }

  private constructor(
    /** @internal */
    public readonly _peer: NetworkPolicyPeer,
  ) {}
}

/** Who can reach the database at all, before it asks who they are. Kept by clusters whose network enforces policies. */
export interface PostgresNetwork {
  /**
   * Whether a NetworkPolicy is written.
   *
   * @default true
   */
  readonly policy?: boolean;

  /**
   * Who may connect to PostgreSQL.
   *
   * @default - every pod of the database's namespace
   */
  readonly clients?: NetworkPeer[];

  /**
   * Who may fetch metrics, where there are any.
   *
   * @default - every pod of the cluster
   */
  readonly monitoring?: NetworkPeer[];
}
