import { Chart } from 'cdk8s';
import { IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ClientHost } from './connect/client-host';
import { connectionName } from './connect/connection-name';
import { ForeignCertificates } from './connect/foreign-certificates';
import { PostgresEndpoint } from './endpoint';
import { clientCertificateAlias } from './features/clients/client-certificate';
import { clientEgress } from './plan/client-egress';
import { POSTGRES_PORT } from './plan/layout';
import { selectorLabels, serviceHosts } from './plan/names';
import { podsIn } from './plan/network-policy-peer';
import { allowPort, podSelectorOf } from './pod-selector-of';
import { PostgresClient } from './postgres-client';
import type { IPostgres, PostgresAttributes } from './postgres-ref';
import { clientCertificateOf, clientCertificateProps } from './references/client-certificate-of';
import { clientOfWritten, type WrittenClient } from './references/client-of-written';
import { issuerOfWritten } from './references/issuer-of-written';
import { ReferencedClientOptions } from './references/referenced-client-options';
import type { WrittenPostgres } from './references/written-postgres';
import { ClientAuthMode, SslMode } from './ssl-mode';
import type { ICertificate, IIssuer } from '../cert-manager';
import { checkMethodArguments } from '../checks';
import { serviceNameError } from '../formats';
import { TrustSource } from '../trust';

const CLUSTER_DOMAIN = 'cluster.local';
const LONGEST_LABEL = 63;

/** A database that another app defines, known by its attributes or by its manifests. It writes nothing but the certificates of its clients. */
export class ReferencedPostgres extends Construct implements IPostgres {
  /** @internal */
  public static _of(scope: Construct, id: string, attributes: PostgresAttributes, written?: WrittenPostgres): ReferencedPostgres {
    return new ReferencedPostgres(scope, id, attributes, written);
  }

  public readonly name: string;
  public readonly namespace?: string;
  public readonly endpoint: PostgresEndpoint;
  public readonly sslMode: SslMode;
  public readonly clientAuthMode: ClientAuthMode;
  public readonly trustedServerCas?: TrustSource;
  public readonly clientIssuer?: IIssuer;
  public readonly authSecretName?: string;

  private constructor(scope: Construct, id: string, { name, ...attributes }: PostgresAttributes, private readonly written?: WrittenPostgres) {
    const fault = serviceNameError(name, LONGEST_LABEL);
    if (fault !== undefined) { throw new Error(`[${scope.node.path}/${id}] name '${name}' ${fault}; give the name of the database's Service, and other hosts as endpoint`); }
    super(scope, id);
    this.name = name;
    this.namespace = attributes.namespace ?? Chart.of(this).namespace;
    this.endpoint = attributes.endpoint ?? new PostgresEndpoint(hostOf(name, this.namespace), POSTGRES_PORT);
    this.sslMode = attributes.sslMode ?? SslMode.VERIFY_FULL;
    this.clientAuthMode = attributes.clientAuthMode ?? (this.sslMode === SslMode.DISABLE ? ClientAuthMode.SCRAM : ClientAuthMode.CERT);
    this.trustedServerCas = attributes.trustedServerCas;
    this.clientIssuer = attributes.clientIssuer ?? issuerOfWritten(this, 'client-issuer', written?.clientIssuers ?? []);
    this.authSecretName = attributes.authSecretName;
    allowPort(this, this.endpoint.port);
  }

  /** The pods of a database of this package, for NetworkPolicies of cdk8s-plus. */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** The pods, for cdk8s-plus. */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }

  /** Labels and namespace of the pods. */
  public toPodSelectorConfig(): PodSelectorConfig {
    return podSelectorOf(selectorLabels(this.name), this.namespace);
  }

  /**
   * A client that the other app declares, with a certificate in the namespace of this app. The other app creates the role and lets it in; by its
   * manifests it is checked that it does.
   *
   * @param name the role, as PostgreSQL stores it
   * @param options databases and certificate
   * @throws if the manifests do not declare the role or a database, or reject the client, or if no certificate can be issued in this namespace
   */
  public client(name: string, options: ReferencedClientOptions = {}): PostgresClient {
    checkMethodArguments(this, 'ReferencedPostgres#client', name, options);
    const { password, certificate, secretName } = options;
    if (this.node.tryFindChild(`${clientCertificateAlias(name)}-cert`) !== undefined) {
      throw new Error(`[${this.node.path}] client '${name}' was made by an earlier call of client; use what that call returned`);
    }
    const wanted = options.databases ?? (options.database === undefined ? undefined : [options.database]);
    const shown = this.shownClient(name, wanted);
    const databases = wanted ?? (shown === undefined ? [name] : chosenDatabases(this, name, shown.databases));
    const needsPassword = shown === undefined ? password !== undefined : shown.needsPassword;
    if (needsPassword && password === undefined) {
      throw new Error(`[${this.node.path}] password is not set, and client '${name}' logs in with one; give ClientPassword.fromSecret with a Secret of this namespace`);
    }
    if (!needsPassword && password !== undefined) { throw new Error(`[${this.node.path}] password is set, but client '${name}' logs in with a certificate; leave it out`); }
    const needsCertificate = shown === undefined ? password === undefined || secretName !== undefined : shown.needsCertificate;
    const existing = secretName ?? (this.namespace === Chart.of(this).namespace && certificate === undefined ? shown?.secretName : undefined);
    const made = needsCertificate
      ? clientCertificateOf(this, { database: this.name, role: name, secretName: existing, issuer: this.clientIssuer, options: certificate })
      : undefined;
    return PostgresClient._of(this, name, databases, this.hostOf(name, made, options));
  }

  /** What this app does for a client: it has the certificate, and cannot change what the other app defines. */
  private hostOf(role: string, certificate: ICertificate | undefined, { password, certificate: options }: ReferencedClientOptions): ClientHost {
    const alias = clientCertificateAlias(role);
    const { namespace } = Chart.of(this);
    const foreign = new ForeignCertificates();
    return {
      name: connectionName(this.name, alias),
      password,
      passwordNamespace: namespace,
      isAbsent: false,
      tls: this.sslMode !== SslMode.DISABLE,
      isRestricted: this.written?.isRestricted ?? false,
      memberHosts: [],
      certificate: () => certificate,
      certificateIn: (otherNamespace) => {
        if (certificate === undefined) { return undefined; }
        const { secretName, secretKeys, issuer } = certificate;
        const isHere = (otherNamespace ?? this.namespace) === namespace;
        if (isHere || this.clientIssuer === undefined) { return { secretName, secretKeys, issuer, algorithm: options?.privateKey?.algorithm, make: () => certificate }; }
        return foreign.maker(otherNamespace, { alias, labels: {}, issuer: this.clientIssuer, ...clientCertificateProps(this.name, role, options) });
      },
      carrier: () => undefined,
      egress: (isElsewhere) => clientEgress(podsIn(selectorLabels(this.name), isElsewhere ? this.namespace : undefined), {}),
      // The NetworkPolicy is that of the other app; the validation knows it by the manifests.
      admit: () => undefined,
    };
  }

  private shownClient(name: string, wanted: ReadonlyArray<string> | undefined): WrittenClient | undefined {
    try {
      return this.written && clientOfWritten(this.written, name, wanted);
    } catch (error) {
      throw new Error(`[${this.node.path}] ${(error as Error).message}`, { cause: error });
    }
  }
}

function chosenDatabases({ node }: Construct, client: string, reached: ReadonlyArray<string>): ReadonlyArray<string> {
  if (reached.length === 1) { return reached; }
  if (reached.includes(client)) { return [client]; }
  throw new Error(`[${node.path}] client '${client}' may connect to ${reached.map((database) => `'${database}'`).join(', ')}; set database or databases`);
}

function hostOf(name: string, namespace: string | undefined): string {
  return namespace === undefined ? name : serviceHosts(name, namespace, CLUSTER_DOMAIN).at(-1)!;
}
