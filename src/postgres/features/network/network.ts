import { INetworkPeer, NetworkPeer } from '../../network-peer';
import { checkArguments } from '../../../checks';

/** A destination that the pod may connect to. */
export interface NetworkEgress {
  /** The pods or networks: a NetworkPeer, or a construct of cdk8s-plus such as a Deployment. */
  readonly to: NetworkPeer | INetworkPeer;

  /**
   * TCP ports, from 1 to 65535.
   *
   * @default - every port
   */
  readonly ports?: number[];
}

/**
 * The service mesh of the pod. NetworkPolicies are enforced outside of the pod and must allow the ports of the mesh.
 */
export class ServiceMesh {
  /**
   * Istio with a sidecar, which must reach the control plane. Clients of an ambient mesh connect to the HBONE port.
   *
   * @param controlPlaneNamespace the namespace of istiod; `istio-system` unless given
   * @see https://istio.io/latest/docs/ops/deployment/application-requirements/
   */
  public static istioSidecar(controlPlaneNamespace: string = 'istio-system'): ServiceMesh {
    checkArguments('ServiceMesh.istioSidecar', controlPlaneNamespace);
    return new ServiceMesh(HBONE_PORT, [controlPlane(controlPlaneNamespace, [15_012])], []);
  }

  /**
   * Istio in ambient mode: clients connect to the HBONE port, and the probes of the kubelet come from a link-local address.
   *
   * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
   */
  public static istioAmbient(): ServiceMesh {
    return new ServiceMesh(HBONE_PORT, [], ['169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128']);
  }

  /**
   * Linkerd: clients of the mesh connect to the proxy's inbound port; the proxy must reach the control plane.
   *
   * @param controlPlaneNamespace the namespace of the control plane; `linkerd` unless given
   * @see https://linkerd.io/2/common-errors/network-policy/
   */
  public static linkerd(controlPlaneNamespace: string = 'linkerd'): ServiceMesh {
    checkArguments('ServiceMesh.linkerd', controlPlaneNamespace);
    return new ServiceMesh(4143, [controlPlane(controlPlaneNamespace, [8080, 8086, 8090])], []);
  }

  private constructor(
    /** The port to which pods of the mesh connect. */
    public readonly port: number,
    /**
     * What the proxy in the pod has to reach.
     *
     * @internal
     */
    public readonly _egress: ReadonlyArray<NetworkEgress>,
    /**
     * Networks from which kubelet's probes arrive.
     *
     * @internal
     */
    public readonly _probes: ReadonlyArray<string>,
  ) {}
}

const HBONE_PORT = 15_008;

function controlPlane(namespace: string, ports: number[]): NetworkEgress {
  return { to: NetworkPeer.namespaces({ 'kubernetes.io/metadata.name': namespace }), ports };
}

/** An IP family of a Service. */
export enum IpFamily {
  /** IPv4. */
  IPV4 = 'IPv4',
  /** IPv6. */
  IPV6 = 'IPv6',
}

/** How many IP families a Service has. */
export enum IpFamilyPolicy {
  /** One IP family. */
  SINGLE_STACK = 'SingleStack',
  /** Both families if the cluster has both. */
  PREFER_DUAL_STACK = 'PreferDualStack',
  /** Both families; the API server refuses it if the cluster has one. */
  REQUIRE_DUAL_STACK = 'RequireDualStack',
}

/** Options of a network without a NetworkPolicy. */
export interface UnrestrictedNetworkOptions {
  /**
   * How many IP families the Services have.
   *
   * @default - the cluster's: SingleStack
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;

  /**
   * IP families of the Services, the first being the primary one.
   *
   * @default - the cluster's
   */
  readonly ipFamilies?: IpFamily[];
}

/** Options of a network with a NetworkPolicy. */
export interface RestrictedNetworkOptions extends UnrestrictedNetworkOptions {
  /**
   * Peers that may connect to PostgreSQL: a NetworkPeer, or a construct of cdk8s-plus such as a Deployment.
   *
   * @default - every pod of the database's namespace, and where the Service is published outside of the cluster its
   *   `loadBalancerSourceRanges`, or every network where it has none and keeps the clients' addresses
   */
  readonly clients?: Array<NetworkPeer | INetworkPeer>;

  /**
   * Peers that may connect to the metrics port, with `monitor`: a NetworkPeer, or a construct of cdk8s-plus such as a Deployment.
   *
   * @default - every pod of the cluster
   */
  readonly monitoring?: Array<NetworkPeer | INetworkPeer>;

  /**
   * Destinations that the pod may connect to in addition to DNS: archives of WAL, foreign servers, publishers of subscriptions, LDAP.
   *
   * @default - none
   */
  readonly egress?: NetworkEgress[];

  /**
   * Ports on which the pods of the cluster's DNS servers listen: a NetworkPolicy applies to the port behind the Service.
   *
   * @default - 53, and 5353 as on OpenShift
   */
  readonly dnsPorts?: number[];

  /**
   * The service mesh of the pod.
   *
   * @default - none
   */
  readonly mesh?: ServiceMesh;
}

/** Network access to the pod, with a NetworkPolicy or without. */
export class PostgresNetwork {
  /** A NetworkPolicy restricts it. It is effective only if the network plugin of the cluster enforces NetworkPolicies. */
  public static restricted(options: RestrictedNetworkOptions = {}): PostgresNetwork {
    checkArguments('PostgresNetwork.restricted', options);
    return new PostgresNetwork(true, options);
  }

  /** No NetworkPolicy is written: others restrict it, or nothing does. */
  public static unrestricted(options: UnrestrictedNetworkOptions = {}): PostgresNetwork {
    checkArguments('PostgresNetwork.unrestricted', options);
    return new PostgresNetwork(false, options);
  }

  private constructor(
    /** Whether a NetworkPolicy is written. */
    public readonly isRestricted: boolean,
    /** @internal */
    public readonly _options: RestrictedNetworkOptions,
  ) {}
}
