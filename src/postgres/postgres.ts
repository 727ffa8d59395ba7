import { ApiObject, ApiObjectProps, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { PostgresEndpoint } from './endpoint';
import { PostgresProps } from './postgres-props';
import { CertificatePlan } from './private/certificates';
import { renderConfigMap } from './private/config-map';
import { renderDisruptionBudget } from './private/disruption-budget';
import { POSTGRES_PORT } from './private/layout';
import { objectLabels } from './private/names';
import { renderNetworkPolicy } from './private/network-policy';
import { PostgresPlan, resolvePlan } from './private/plan';
import { POSTGRES_RULES } from './private/proofs';
import { renderAlerts, renderServiceMonitor } from './private/prometheus';
import { renderHeadlessService, renderService, renderStatsService } from './private/services';
import { renderStatefulSet } from './private/stateful-set';
import { issuerOf, PostgresSubject } from './private/subject';
import { watchedAuthorities } from './private/watched-authorities';
import { WRITTEN_RULES } from './private/written-proofs';
import { PostgresServiceTemplate, ServiceAlias } from './service-template';
import { CertificateAlias, ClientAuthMode, SslMode } from './ssl-mode';
import { PostgresStorage } from './storage';
import { PostgresVersion } from './version';
import { Certificate, CertificateAuthority, CertificateAuthorityScope, IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { Mapping, memoizeByText } from '../data';
import { SERVER_AUTHORITIES_ANNOTATION } from '../pki';
import { evaluateRules } from '../rules';
import { TrustSource } from '../trust';
import { RenderedOnce, TreeValidation } from '../verification';

/**
 * PostgreSQL with TLS: one instance, its certificates, configuration, Services and StatefulSet.
 *
 * The server starts after cert-manager has issued the certificates and loads renewed ones without a restart. It rejects clients that do not
 * authenticate as `sslMode` and `clientAuthMode` require.
 */
export class Postgres extends Construct {
  /** Name of the database's Service and StatefulSet. */
  public readonly name: string;

  /** Major version and image. */
  public readonly version: PostgresVersion;

  /** What the server requires of connections, and what clients are expected to verify. */
  public readonly sslMode: SslMode;

  /** How clients authenticate. */
  public readonly clientAuthMode: ClientAuthMode;

  /**
   * Host and port for applications, with a name on the server's certificate: the full name of the Service, or the first name without a wildcard of
   * `ServerNames.only`.
   */
  public readonly endpoint: PostgresEndpoint;

  /**
   * The server's certificate.
   *
   * @default - none without TLS
   */
  public readonly serverCertificate?: Certificate;

  /**
   * The client certificate for `postgres`.
   *
   * @default - none, unless `superuserAccess` is by certificate
   */
  public readonly clientCertificate?: Certificate;

  /**
   * The client certificate of the metrics exporter.
   *
   * @default - none without TLS, or without `monitor`
   */
  public readonly metricsExporterCertificate?: Certificate;

  /**
   * Name of the Secret with the password of `postgres`.
   *
   * @default - none, unless `superuserAccess` is by password
   */
  public readonly authSecretName?: string;

  /**
   * The issuer of client certificates: create a Certificate with it for an application; its common name is the role.
   *
   * @default - none if nothing logs in with a certificate
   */
  public readonly clientIssuer?: IIssuer;

  /**
   * The client CA of this database.
   *
   * @default - none if nothing logs in with a certificate, or if an issuer is shared
   */
  public readonly clientCa?: CertificateAuthority;

  /** The CAs with which clients verify the server. */
  public readonly serverAuthorities: TrustSource;

  public constructor(scope: Construct, id: string, props: PostgresProps) {
    checkArguments('Postgres', scope, id, props);
    super(scope, id);
    const plan = resolvePlan(props, { id, namespace: Chart.of(this).namespace ?? '' });
    TreeValidation.of(this).add(this, () => [
      ...evaluateRules(POSTGRES_RULES, { props, plan }),
      // Several rules look at the same objects, and writing one takes its time.
      ...evaluateRules(WRITTEN_RULES, { props, plan, written: memoizeByText((objectId) => this.writtenAs(objectId)) }),
    ]);

    this.name = plan.name;
    this.version = props.version;
    this.sslMode = plan.sslMode;
    this.clientAuthMode = plan.clientAuthMode;
    this.authSecretName = plan.authSecretName;
    this.serverAuthorities = plan.serverAuthorities;
    this.endpoint = new PostgresEndpoint(plan.serverNames.endpoint ?? '', POSTGRES_PORT);

    // In the order in which they should be applied; edges between them would rename files and cost exponential time.
    this.clientCa = this.addClientCa(plan);
    this.clientIssuer = this.clientCa?.issuer ?? plan.clientCa?.sharedIssuer;
    const certificates = this.addCertificates({ props, plan });
    this.serverCertificate = certificates.get(CertificateAlias.SERVER);
    this.clientCertificate = certificates.get(CertificateAlias.CLIENT);
    this.metricsExporterCertificate = certificates.get(CertificateAlias.METRICS_EXPORTER);
    this.addObjects(plan, props);
  }

  private addClientCa({ clientCa }: PostgresPlan): CertificateAuthority | undefined {
    if (clientCa === undefined || clientCa.sharedIssuer !== undefined) { return undefined; }
    const { name, isCluster, options } = clientCa;
    return new CertificateAuthority(this, 'client-ca', {
      ...options, name, scope: isCluster ? CertificateAuthorityScope.cluster() : CertificateAuthorityScope.namespaced(),
    });
  }

  private addCertificates(database: PostgresSubject): Map<CertificateAlias, Certificate> {
    const { certificates, clientCa, name } = database.plan;
    if (clientCa?.carrier && this.clientIssuer) { this.addCertificate('client-ca-trust', clientCa.carrier, this.clientIssuer, name); }
    return new Map(certificates.flatMap(({ alias, ...certificate }) => {
      const issuer = issuerOf(database, alias) ?? (alias === CertificateAlias.SERVER ? undefined : this.clientIssuer);
      const annotations = alias === CertificateAlias.SERVER ? trustAnnotations(this.serverAuthorities) : undefined;
      return issuer === undefined ? [] : [[alias, this.addCertificate(`${alias}-cert`, certificate, issuer, name, annotations)] as const];
    }));
  }

  private addCertificate(id: string, { name, ...certificate }: Omit<CertificatePlan, 'alias'>, issuer: IIssuer, database: string, annotations?: Record<string, string>): Certificate {
    return new Certificate(this, id, { ...certificate, metadata: { name, labels: objectLabels(database), annotations }, issuer });
  }

  private addObjects(plan: PostgresPlan, props: PostgresProps): void {
    const metadata = { name: plan.names.serviceAccount, labels: objectLabels(plan.name) };
    this.addObject('service-account', k8s.KubeServiceAccount.manifest({ metadata, automountServiceAccountToken: false }));
    this.addObject('config', k8s.KubeConfigMap.manifest(renderConfigMap(plan)));
    this.addObject('service', k8s.KubeService.manifest(renderService(plan, templateOf(props, ServiceAlias.PRIMARY), props.network)));
    this.addObject('headless-service', k8s.KubeService.manifest(renderHeadlessService(plan, props.network)));
    if (props.network?.policy !== false) { this.addObject('network-policy', k8s.KubeNetworkPolicy.manifest(renderNetworkPolicy(plan, props.network ?? {}, props.serviceTemplates ?? []))); }
    this.addObject('disruption-budget', k8s.KubePodDisruptionBudget.manifest(renderDisruptionBudget(plan)));
    this.addObject('Resource', renderStatefulSet(plan, props));
    this.addMonitoring(plan, props);
  }

  private addMonitoring(plan: PostgresPlan, props: PostgresProps): void {
    const { monitor, storage } = props;
    if (!monitor || !plan.exporter) { return; }
    this.addObject('stats-service', k8s.KubeService.manifest(renderStatsService(plan, plan.exporter.port, templateOf(props, ServiceAlias.STATS), props.network)));
    if (monitor.serviceMonitor) { this.addObject('service-monitor', renderServiceMonitor(plan, monitor.serviceMonitor)); }
    if (monitor.alerts) { this.addObject('alerts', renderAlerts(plan, monitor.alerts, claimedVolumes(storage), watchedAuthorities(this.signers({ props, plan })))); }
  }

  /** Who signs what logs in, and the certificates of the database. */
  private signers(database: PostgresSubject): IIssuer[] {
    const named = database.plan.certificates.map(({ alias }) => issuerOf(database, alias));
    return [this.clientIssuer, ...named].filter((issuer) => issuer !== undefined);
  }

  /** What will be written of one of the objects, patches applied. */
  private writtenAs(id: string): Mapping | undefined {
    const child = this.node.tryFindChild(id);
    const object = child instanceof Certificate ? child.node.tryFindChild('Resource') : child;
    return object === undefined ? undefined : (object as ApiObject).toJson() as Mapping;
  }

  private addObject(id: string, manifest: unknown): void {
    new RenderedOnce(this, id, manifest as ApiObjectProps);
  }
}

function templateOf({ serviceTemplates }: PostgresProps, alias: ServiceAlias): PostgresServiceTemplate | undefined {
  return serviceTemplates?.find((template) => template.alias === alias);
}

function claimedVolumes(storage: PostgresStorage | undefined): string[] {
  return storage?.durableOptions === undefined ? [] : ['data', ...(storage.durableOptions.wal ? ['wal'] : [])];
}

/** Where clients find the root, for the proofs: a Certificate alone does not tell that nobody trusts the copy beside it. */
function trustAnnotations({ configMapName, secretName, isIssuedSecret }: TrustSource): Record<string, string> | undefined {
  return isIssuedSecret ? undefined : { [SERVER_AUTHORITIES_ANNOTATION]: configMapName === undefined ? `Secret/${secretName}` : `ConfigMap/${configMapName}` };
}
