import { ApiObject, ApiObjectProps, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CertificateAlias } from './plan/certificate-alias';
import { PostgresEndpoint } from './endpoint';
import { certificateOf, CertificatePlan } from './plan/certificates';
import { withCommonMetadata } from './plan/common-metadata';
import type { DatabasePlan } from './plan/database-plan';
import { POSTGRES_PORT } from './plan/layout';
import { objectLabels } from './plan/names';
import { PostgresProps } from './postgres-props';
import { IPostgres, PostgresAttributes } from './postgres-ref';
import { ReferencedPostgres } from './referenced-postgres';
import { plannedObjects, resolvePlan } from './resolve-plan';
import { ClientAuthMode, SslMode } from './ssl-mode';
import { POSTGRES_RULES, WRITTEN_RULES } from './validation';
import { PostgresVersion } from './version';
import { Certificate, CertificateAuthority, CertificateAuthorityScope, ICertificate, ICertificateAuthority, IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { Mapping, memoizeByText } from '../data';
import { evaluateRules } from '../rules';
import { TrustSource } from '../trust';
import { RenderedOnce, TreeValidation } from '../verification';

/**
 * PostgreSQL with TLS: one instance, its certificates, configuration, Services and StatefulSet.
 *
 * The server starts after cert-manager has issued the certificates and loads renewed ones without a restart. It rejects clients that do not
 * authenticate as `sslMode` and `clientAuthMode` require.
 */
export class Postgres extends Construct implements IPostgres {
  /**
   * Refers to a database that this app does not define.
   *
   * @throws if the name is not that of a Service
   */
  public static fromPostgresAttributes(scope: Construct, id: string, attributes: PostgresAttributes): IPostgres {
    checkArguments('Postgres.fromPostgresAttributes', scope, id, attributes);
    return new ReferencedPostgres(scope, id, attributes);
  }

  /** Name of the database's Service and StatefulSet. */
  public readonly name: string;

  /**
   * Namespace of the database: that of the chart.
   *
   * @default - none: the database is refused
   */
  public readonly namespace?: string;

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
  public readonly serverCertificate?: ICertificate;

  /**
   * The client certificate for `postgres`.
   *
   * @default - none, unless `superuserAccess` is by certificate
   */
  public readonly clientCertificate?: ICertificate;

  /**
   * The client certificate of the metrics exporter.
   *
   * @default - none without TLS, or without `monitor`
   */
  public readonly metricsExporterCertificate?: ICertificate;

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
  public readonly clientCa?: ICertificateAuthority;

  /**
   * The CAs with which clients verify the server (`sslrootcert`): `tls.trustedServerCas`, or `ca.crt` in the Secret of the server's certificate. Of a
   * Secret mount the key alone: beside it is the server's private key.
   *
   * @default - none without TLS, or if clients verify the server with the public CAs of their system
   */
  public readonly trustedServerCas?: TrustSource;

  public constructor(scope: Construct, id: string, props: PostgresProps) {
    checkArguments('Postgres', scope, id, props);
    super(scope, id);
    const plan = resolvePlan(props, { id, namespace: Chart.of(this).namespace ?? '', path: this.node.path });
    TreeValidation.of(this).add(this, () => [
      ...evaluateRules(POSTGRES_RULES, { props, plan }),
      // Several rules look at the same objects, and writing one takes its time.
      ...evaluateRules(WRITTEN_RULES, { props, plan, written: memoizeByText((objectId) => this.writtenAs(objectId)) }),
    ]);

    this.name = plan.name;
    this.namespace = Chart.of(this).namespace;
    this.version = props.version;
    this.sslMode = plan.sslMode;
    this.clientAuthMode = plan.clientAuthMode;
    this.authSecretName = plan.superuserSecretName;
    this.trustedServerCas = trustedServerCas(plan);
    this.endpoint = new PostgresEndpoint(plan.serverNames.endpoint ?? '', POSTGRES_PORT);

    // In the order in which they should be applied; edges between them would rename files and cost exponential time.
    this.clientCa = this.addClientCa(plan);
    this.clientIssuer = this.clientCa?.issuer ?? plan.clientCa?.sharedIssuer;
    const certificates = this.addCertificates(plan);
    this.serverCertificate = certificates.get(CertificateAlias.SERVER);
    this.clientCertificate = certificates.get(CertificateAlias.CLIENT);
    this.metricsExporterCertificate = certificates.get(CertificateAlias.METRICS_EXPORTER);
    for (const { id: objectId, manifest } of plannedObjects(plan)) {
      const object = manifest(plan, this.clientIssuer) as ApiObjectProps;
      new RenderedOnce(this, objectId, { ...object, metadata: withCommonMetadata(plan.metadata, object.metadata) });
    }
  }

  private addClientCa({ metadata, clientCa }: DatabasePlan): CertificateAuthority | undefined {
    if (clientCa === undefined || clientCa.sharedIssuer !== undefined) { return undefined; }
    const { name, isCluster, options } = clientCa;
    return new CertificateAuthority(this, 'client-ca', {
      ...options, metadata: { ...metadata, name }, scope: isCluster ? CertificateAuthorityScope.cluster() : CertificateAuthorityScope.namespaced(),
    });
  }

  private addCertificates(plan: DatabasePlan): Map<string, Certificate> {
    const { certificates, clientCa } = plan;
    if (clientCa?.carrier && this.clientIssuer) { this.addCertificate(plan, 'client-ca-trust', clientCa.carrier, this.clientIssuer); }
    return new Map(certificates.flatMap((certificate) => {
      const issuer = certificate.issuer ?? (certificate.alias === CertificateAlias.SERVER ? undefined : this.clientIssuer);
      return issuer === undefined ? [] : [[certificate.alias, this.addCertificate(plan, `${certificate.alias}-cert`, certificate, issuer)] as const];
    }));
  }

  private addCertificate(plan: DatabasePlan, id: string, { name, secretName, annotations, spec }: Omit<CertificatePlan, 'alias'>, issuer: IIssuer): Certificate {
    const metadata = withCommonMetadata(plan.metadata, { name, labels: objectLabels(plan.name), annotations: annotations && { ...annotations } });
    return new Certificate(this, id, { ...spec, secretName, metadata, issuer });
  }

  /** What will be written of one of the objects, patches applied. */
  private writtenAs(id: string): Mapping | undefined {
    const child = this.node.tryFindChild(id);
    return child === undefined ? undefined : ApiObject.of(child).toJson() as Mapping;
  }
}

/** What clients mount. Issuers such as ACME write no `ca.crt`: their certificates are verified with the CAs of the client's system. */
function trustedServerCas(plan: DatabasePlan): TrustSource | undefined {
  const server = certificateOf(plan, CertificateAlias.SERVER);
  if (server === undefined) { return undefined; }
  if (!plan.trustedServerCas.isIssuedSecret) { return plan.trustedServerCas; }
  return server.issuer?.providesCaCertificate === false ? undefined : TrustSource.fromSecretName(server.secretName);
}
