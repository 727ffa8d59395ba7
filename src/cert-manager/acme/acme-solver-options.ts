import { Duration } from 'cdk8s';
import { AcmeIngress } from './acme-ingress';

/** Selects the names that a solver is used for: those that match all conditions. The most specific solver wins. */
export interface AcmeSolverSelector {
  /**
   * Exact names; a wildcard matches only itself.
   *
   * @default - every name
   */
  readonly dnsNames?: string[];
  /**
   * Domains; all names below them match.
   *
   * @default - every domain
   */
  readonly dnsZones?: string[];
  /**
   * Labels that the Certificate must have.
   *
   * @default - none
   */
  readonly matchLabels?: { readonly [name: string]: string };
}

/** Options of every solver. */
export interface AcmeSolverOptions {
  /**
   * The names that the solver is used for.
   *
   * @default - every name without a more specific solver
   */
  readonly selector?: AcmeSolverSelector;

  /**
   * Time to wait before the ACME server is asked to validate the challenge, instead of the self-check, if cert-manager itself cannot reach the
   * challenge; cert-manager 1.21 and later.
   *
   * @default - cert-manager repeats its self-check until it succeeds
   */
  readonly waitInsteadOfSelfCheck?: Duration;
}

/** Type of the Service of the solver pod. */
export enum AcmeSolverServiceType {
  CLUSTER_IP = 'ClusterIP',
  NODE_PORT = 'NodePort',
}

/** Options of an HTTP01 solver behind an Ingress. */
export interface AcmeHttp01IngressOptions extends AcmeSolverOptions {
  /**
   * The Ingress in front of the solver.
   *
   * @default AcmeIngress.ofDefaultClass()
   */
  readonly ingress?: AcmeIngress;

  /**
   * Type of the Service of the solver pod.
   *
   * @default AcmeSolverServiceType.NODE_PORT
   */
  readonly serviceType?: AcmeSolverServiceType;
}

/** A Gateway, or another parent, to which an HTTPRoute is attached. */
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

/** Options of an HTTP01 solver behind a Gateway. */
export interface AcmeHttp01GatewayOptions extends AcmeSolverOptions {
  /**
   * The Gateways to which the HTTPRoute is attached.
   *
   * @default - those in the annotations of the Certificate
   */
  readonly parents?: AcmeGatewayReference[];

  /**
   * Labels of the HTTPRoute.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Type of the Service of the solver pod.
   *
   * @default AcmeSolverServiceType.NODE_PORT
   */
  readonly serviceType?: AcmeSolverServiceType;
}

/** How a CNAME at the name of the challenge record is handled. */
export enum CnameStrategy {
  /** The record is written at the name itself. */
  NONE = 'None',
  /** The record is written at the target of the CNAME, which may be in another zone. */
  FOLLOW = 'Follow',
}

/** Options of a DNS01 solver. */
export interface AcmeDns01Options extends AcmeSolverOptions {
  /**
   * How a CNAME at the name of the challenge record is handled.
   *
   * @default CnameStrategy.NONE
   */
  readonly cnameStrategy?: CnameStrategy;
}
