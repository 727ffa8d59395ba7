import { Duration } from 'cdk8s';
import { AcmeIngress } from './acme-ingress';

/** Which names a solver is for: those that meet everything that is said. The most specific solver wins. */
export interface AcmeSolverSelector {
  /**
   * Exact names; a wildcard stands for itself.
   *
   * @default - every name
   */
  readonly dnsNames?: string[];
  /**
   * Domains, whose names all match.
   *
   * @default - every domain
   */
  readonly dnsZones?: string[];
  /**
   * Labels that the Certificate must carry.
   *
   * @default - none
   */
  readonly matchLabels?: { readonly [name: string]: string };
}

/** Options of every solver. */
export interface AcmeSolverOptions {
  /**
   * The names that the solver is for.
   *
   * @default - every name that no other solver is more specific for
   */
  readonly selector?: AcmeSolverSelector;

  /**
   * How long to wait before the server is told to look, where cert-manager cannot see the proof itself; cert-manager 1.21 and
   * later.
   *
   * @default - cert-manager looks first, until it sees the proof
   */
  readonly waitInsteadOfSelfCheck?: Duration;
}

/** Type of the Service in front of the pod that answers a challenge. */
export enum AcmeSolverServiceType {
  CLUSTER_IP = 'ClusterIP',
  NODE_PORT = 'NodePort',
}

/** Options of a solver that answers by HTTP through an Ingress. */
export interface AcmeHttp01IngressOptions extends AcmeSolverOptions {
  /**
   * The Ingress.
   *
   * @default AcmeIngress.ofDefaultClass()
   */
  readonly ingress?: AcmeIngress;

  /**
   * Type of the Service in front of the solver.
   *
   * @default AcmeSolverServiceType.NODE_PORT
   */
  readonly serviceType?: AcmeSolverServiceType;
}

/** A Gateway, or another parent, that an HTTPRoute attaches to. */
export interface AcmeGatewayReference {
  /** Name of the parent. */
  readonly name: string;
  /** @default Gateway */
  readonly kind?: string;
  /** @default gateway.networking.k8s.io */
  readonly group?: string;
  /**
   * Namespace of the parent.
   *
   * @default - that of the Certificate
   */
  readonly namespace?: string;
  /**
   * Listener of the Gateway.
   *
   * @default - every listener
   */
  readonly sectionName?: string;
  /**
   * Port of the Gateway.
   *
   * @default - every port
   */
  readonly port?: number;
}

/** Options of a solver that answers by HTTP through the Gateway API. */
export interface AcmeHttp01GatewayOptions extends AcmeSolverOptions {
  /**
   * The Gateways that the HTTPRoute attaches to.
   *
   * @default - those that annotations of the Certificate name
   */
  readonly parents?: AcmeGatewayReference[];

  /**
   * Labels of the HTTPRoute.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Type of the Service in front of the solver.
   *
   * @default AcmeSolverServiceType.NODE_PORT
   */
  readonly serviceType?: AcmeSolverServiceType;
}

/** What is done about a CNAME at the name of a challenge's record. */
export enum CnameStrategy {
  /** The record is written at the name itself. */
  NONE = 'None',
  /** The record is written where the CNAME leads, so that another zone can hold it. */
  FOLLOW = 'Follow',
}

/** Options of a solver that answers by DNS. */
export interface AcmeDns01Options extends AcmeSolverOptions {
  /**
   * What is done about a CNAME.
   *
   * @default CnameStrategy.NONE
   */
  readonly cnameStrategy?: CnameStrategy;
}
