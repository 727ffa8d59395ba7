import { Chart } from 'cdk8s';
import type { IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { PostgresEndpoint } from './endpoint';
import { POSTGRES_PORT } from './plan/layout';
import { serviceHosts } from './plan/names';
import { allowPort, podSelectorOf } from './pod-selector-of';
import type { IPostgres, PostgresAttributes } from './postgres-ref';
import { ClientAuthMode, SslMode } from './ssl-mode';
import type { IIssuer } from '../cert-manager';
import { serviceNameError } from '../formats';
import type { TrustSource } from '../trust';

const CLUSTER_DOMAIN = 'cluster.local';
const LONGEST_LABEL = 63;

/** A database known by its attributes only. */
export class ReferencedPostgres extends Construct implements IPostgres {
  public readonly name: string;
  public readonly namespace?: string;
  public readonly endpoint: PostgresEndpoint;
  public readonly sslMode: SslMode;
  public readonly clientAuthMode: ClientAuthMode;
  public readonly trustedServerCas?: TrustSource;
  public readonly clientIssuer?: IIssuer;
  public readonly authSecretName?: string;

  public constructor(scope: Construct, id: string, { name, ...attributes }: PostgresAttributes) {
    const fault = serviceNameError(name, LONGEST_LABEL);
    if (fault !== undefined) { throw new Error(`[${scope.node.path}/${id}] name '${name}' ${fault}; give the name of the database's Service, and other hosts as endpoint`); }
    super(scope, id);
    this.name = name;
    this.namespace = attributes.namespace ?? Chart.of(this).namespace;
    this.endpoint = attributes.endpoint ?? new PostgresEndpoint(hostOf(name, this.namespace), POSTGRES_PORT);
    this.sslMode = attributes.sslMode ?? SslMode.VERIFY_FULL;
    this.clientAuthMode = attributes.clientAuthMode ?? (this.sslMode === SslMode.DISABLE ? ClientAuthMode.SCRAM : ClientAuthMode.CERT);
    this.trustedServerCas = attributes.trustedServerCas;
    this.clientIssuer = attributes.clientIssuer;
    this.authSecretName = attributes.authSecretName;
    allowPort(this, this.endpoint.port);
  }

  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  public toPodSelector(): IPodSelector {
    return this;
  }

  public toPodSelectorConfig(): PodSelectorConfig {
    return podSelectorOf(this);
  }
}

function hostOf(name: string, namespace: string | undefined): string {
  return namespace === undefined ? name : serviceHosts(name, namespace, CLUSTER_DOMAIN).at(-1)!;
}
