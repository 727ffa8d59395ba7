import { isDeepStrictEqual } from 'node:util';
import { ApiObject, ApiObjectProps, Chart } from 'cdk8s';
import { IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CertificateAlias } from './plan/certificate-alias';
import type { ClientHost } from './connect/client-host';
import { connectionName } from './connect/connection-name';
import { ForeignCertificates } from './connect/foreign-certificates';
import { databasesOf, type Declaration, type Declarations, NO_DECLARATIONS, sortDeclarations } from './declarations';
import { PostgresEndpoint } from './endpoint';
import { engineOf } from './engines/engine-of';
import { evaluateExpression, evaluateStatements } from './evaluate-expression';
import { FEATURES } from './features';
import { clientCertificateAlias, clientCertificatePlan } from './features/clients/client-certificate';
import { ClientOptions } from './features/clients/client-options';
import { DatabaseOptions } from './features/clients/database-options';
import { certificatesOfClients } from './features/clients/feature';
import { RoleOptions } from './features/clients/role-options';
import { PoolerOptions } from './features/poolers/pooler-options';
import { certificateOf, CertificatePlan } from './plan/certificates';
import { clientEgress } from './plan/client-egress';
import { withCommonMetadata } from './plan/common-metadata';
import type { DatabasePlan } from './plan/database-plan';
import type { Engine } from './plan/engine';
import { POSTGRES_PORT } from './plan/layout';
import { memberHosts } from './plan/member-hosts';
import { bitnamiConversion, GIVEN_ISSUER } from './bitnami-database';
import { BitnamiOptions } from './bitnami-report';
import { conversionErrors, kubeDbDatabase } from './kubedb-database';
import { KubeDbOptions } from './kubedb-report';
import { objectLabels, poolerLabels, poolerName, serviceHosts } from './plan/names';
import { networkOf } from './plan/network-of';
import { podsIn } from './plan/network-policy-peer';
import { podLabels } from './plan/pod-labels';
import { allowPort, podSelectorOf } from './pod-selector-of';
import { PostgresClient } from './postgres-client';
import { PostgresPooler } from './postgres-pooler';
import { PostgresProps } from './postgres-props';
import { IPostgres, PostgresAttributes } from './postgres-ref';
import { ReferencedPostgres } from './referenced-postgres';
import { fromManifests } from './references/from-manifests';
import { PostgresManifests } from './references/postgres-manifests';
import { type DatabaseBasics, databaseBasics, type Placement } from './plan/database-basics';
import { plannedObjects, resolvePlan, resolveUnchecked } from './resolve-plan';
import { ClientAuthMode, SslMode } from './ssl-mode';
import { POSTGRES_RULES, WRITTEN_RULES } from './validation';
import { PostgresVersion } from './version';
import { Certificate, CertificateAuthority, CertificateAuthorityScope, ICertificate, ICertificateAuthority, IIssuer, KeyUsage } from '../cert-manager';
import { checkArguments, checkMethodArguments } from '../checks';
import { Mapping, mapping, memoizeByObject, memoizeByText, memoizeLast } from '../data';
import { evaluateRules } from '../rules';
import { TrustSource } from '../trust';
import { DeclaredCertificates, RenderedOnce, TreeValidation } from '../verification';

const CLIENT_CA = 'client-ca';

/** A Certificate in the namespace of clients, for the CA of the server. */
const SERVER_TRUST = 'server-ca-trust';

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
  public static fromPostgresAttributes(scope: Construct, id: string, attributes: PostgresAttributes): ReferencedPostgres {
    checkArguments('Postgres.fromPostgresAttributes', scope, id, attributes);
    return ReferencedPostgres._of(scope, id, attributes);
  }

  /**
   * Refers to a database that another repository defines with this package, by the manifests that are committed there: its clients are checked
   * against them, and the validation of this app knows them. They are neither written nor checked themselves.
   *
   * @throws if the manifests cannot be read, if they have no database of this package or several, or if they do not show what clients need
   */
  public static fromPostgresManifests(scope: Construct, id: string, manifests: PostgresManifests): ReferencedPostgres {
    checkArguments('Postgres.fromPostgresManifests', scope, id, manifests);
    return fromManifests(scope, id, manifests);
  }

  /**
   * A database from a `Postgres` resource of KubeDB (`kubedb.com/v1`, `v1alpha2`), with its name. `KubeDbReport.fromYaml` lists field by field what becomes of it.
   *
   * An `Issuer` of type `ca` or `selfSigned` that the YAML has and the certificates refer to becomes a construct, once in a chart; every other issuer is
   * referred to by its name.
   * A `PostgresOpsRequest` is applied as the change that it describes.
   *
   * @param yaml the `Postgres`, and objects that belong to it
   * @param options acknowledgements of what is not supported
   * @throws for what is not KubeDB's, and for fields that are not supported and not acknowledged: each with line, column and field
   */
  public static fromKubeDb(scope: Construct, id: string, yaml: string, options: KubeDbOptions = {}): Postgres {
    checkArguments('Postgres.fromKubeDb', scope, id, yaml, options);
    const { name, statements, props } = kubeDbDatabase([scope.node.path, id].filter((part) => part !== '').join('/'), yaml, options, Chart.of(scope).namespace);
    const variables = evaluateStatements(Chart.of(scope), statements);
    const given = evaluateExpression(props, variables) as PostgresProps;
    return new Postgres(scope, id, name === id ? given : { ...given, metadata: { ...given.metadata, name } });
  }

  /**
   * A database from the values of Bitnami's chart postgresql 17.1.0, with the name of the chart's Service. `BitnamiReport.fromValues` lists value by value what
   * becomes of it. The data is not taken over: move it by dump and restore.
   *
   * @param yaml the values file, without the templates of Helm
   * @param options release, issuer, and acknowledgements of what is not supported
   * @throws for what is not a value of the chart, and for values that are not supported and not acknowledged: each with line, column and name
   */
  public static fromBitnamiValues(scope: Construct, id: string, yaml: string, options: BitnamiOptions = {}): Postgres {
    checkArguments('Postgres.fromBitnamiValues', scope, id, yaml, options);
    const { databases, faults } = bitnamiConversion(id, yaml, options);
    const path = [scope.node.path, id].filter((part) => part !== '').join('/');
    if (faults.length > 0) { throw new Error(`[${path}] Postgres.fromBitnamiValues: ${conversionErrors(faults)}`); }
    const { name, statements, props } = databases[0]!;
    const given = evaluateExpression(props, new Map([...evaluateStatements(Chart.of(scope), statements), [GIVEN_ISSUER, options.issuer]])) as PostgresProps;
    return new Postgres(scope, id, name === id ? given : { ...given, metadata: { ...given.metadata, name } });
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
   * The CAs with which clients verify the server (`sslrootcert`): `tls.trustedServerCas`, or `ca.crt` in the Secret of the server's certificate. Of a
   * Secret mount the key alone: beside it is the server's private key.
   *
   * @default - none without TLS, or if clients verify the server with the public CAs of their system
   */
  public readonly trustedServerCas?: TrustSource;

  private readonly props: PostgresProps;
  private readonly foreignCertificates = new ForeignCertificates();
  /** What does not depend on declarations. */
  private readonly undeclared: UndeclaredPlan;
  /** Another object after each declaration. */
  private definition: Definition;

  public constructor(scope: Construct, id: string, props: PostgresProps) {
    checkArguments('Postgres', scope, id, props);
    super(scope, id);
    this.props = props;
    const placement = { id, namespace: Chart.of(this).namespace ?? '', path: this.node.path };
    this.definition = { props, placement, declarations: NO_DECLARATIONS };
    const plan = this.draft;
    this.undeclared = { ...databaseBasics(props, placement), certificates: plan.certificates, clientCa: plan.clientCa };
    TreeValidation.of(this).add(this, () => [
      ...evaluateRules(POSTGRES_RULES, { props, plan: this.plan }),
      // Several rules look at the same objects, and writing one takes its time.
      ...evaluateRules(WRITTEN_RULES, { props, plan: this.plan, written: memoizeByText((objectId) => this.writtenAs(objectId)) }),
    ]);

    this.name = plan.name;
    this.namespace = Chart.of(this).namespace;
    this.version = props.version;
    this.sslMode = plan.sslMode;
    this.clientAuthMode = plan.clientAuthMode;
    this.authSecretName = plan.superuserSecretName;
    this.trustedServerCas = trustedServerCas(plan);
    this.endpoint = new PostgresEndpoint(plan.serverNames.endpoint ?? '', POSTGRES_PORT);

    allowPort(this, POSTGRES_PORT);
    this.addObjects(plan);
    this.serverCertificate = this.certificate(CertificateAlias.SERVER);
    this.clientCertificate = this.certificate(CertificateAlias.CLIENT);
    this.metricsExporterCertificate = this.certificate(CertificateAlias.METRICS_EXPORTER);
  }

  /**
   * The issuer of client certificates: create a Certificate with it for an application; its common name is the role.
   *
   * @default - none if nothing logs in with a certificate
   */
  public get clientIssuer(): IIssuer | undefined {
    return this.clientCa?.issuer ?? this.undeclared.clientCa?.sharedIssuer ?? this.plan.clientCa?.sharedIssuer;
  }

  /**
   * The client CA of this database.
   *
   * @default - none if nothing logs in with a certificate, or if an issuer is shared
   */
  public get clientCa(): ICertificateAuthority | undefined {
    return this.node.tryFindChild(CLIENT_CA) as CertificateAuthority | undefined;
  }

  /**
   * Declares a database. The pod creates it, also on a server that runs, and keeps its owner, schemas, extensions and privileges as declared. A database
   * that is no longer declared stays.
   *
   * @param name its name, as PostgreSQL stores it: any characters, at most 63 bytes
   * @param options owner, schemas, extensions, settings
   * @throws if an argument is not of its type. A name that is not valid and a contradiction are errors at synth.
   */
  public addDatabase(name: string, options: DatabaseOptions = {}): void {
    checkMethodArguments(this, 'Postgres#addDatabase', name, options);
    this.declare({ ...this.declarations, databases: [...this.declarations.databases, { name, options }] });
  }

  /**
   * Declares a role: a group, or a login for an access rule of yours. The pod creates it, also on a server that runs, and keeps its attributes and memberships as
   * declared. A role that is no longer declared stays.
   *
   * @param name its name, as PostgreSQL stores it: any characters, at most 63 bytes
   * @param options attributes, memberships, settings
   * @throws if an argument is not of its type. A name that is not valid and a contradiction are errors at synth.
   */
  public addRole(name: string, options: RoleOptions = {}): void {
    checkMethodArguments(this, 'Postgres#addRole', name, options);
    this.declare({ ...this.declarations, roles: [...this.declarations.roles, { name, options }] });
  }

  /**
   * Declares a client: a role that logs in with a certificate of its own, to its databases only. From the first client on, nothing else may connect over the
   * network but what `accessRules` and `superuserAccess` let in: the rows of `sslMode` and `clientAuthMode` for every role are omitted.
   *
   * @param name the role, as PostgreSQL stores it: any characters, at most 63 bytes
   * @param options databases, privileges, networks, attributes
   * @throws if an argument is not of its type. A name that is not valid and a contradiction are errors at synth.
   */
  public addClient(name: string, options: ClientOptions = {}): PostgresClient {
    checkMethodArguments(this, 'Postgres#addClient', name, options);
    const client = { name, options };
    this.declare({ ...this.declarations, clients: [...this.declarations.clients, client] });
    return PostgresClient._of(this, name, databasesOf(client), this.hostOf(client));
  }

  /**
   * Declares a connection pooler: PgBouncer in pods of its own, with TLS and client certificates on both sides. Clients connect through it with
   * `client.connect(workload, { through: pooler })` and the certificate that they have; it logs in at the database as their role, with a certificate of its own.
   *
   * @param name name of the pooler: a DNS label; its objects have that of the database before it
   * @param options release and image, mode, number of pods, size of the pools
   * @throws if an argument is not of its type. A name that is not valid and a contradiction are errors at synth.
   */
  public addPooler(name: string, options: PoolerOptions): PostgresPooler {
    checkMethodArguments(this, 'Postgres#addPooler', name, options);
    this.declare({ ...this.declarations, poolers: [...this.declarations.poolers, { name, options }] });
    this.addObjects();
    const { definition: { placement: { namespace } }, undeclared: { clusterDomain } } = this;
    return PostgresPooler._of(this, name, serviceHosts(poolerName(this.name, name), namespace, clusterDomain).at(-1)!);
  }

  /** The pods, for NetworkPolicies of cdk8s-plus: `deployment.connections.allowTo(db)` allows the port of PostgreSQL. It does not allow DNS; `client.connect(deployment)` does. */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** The pods, for cdk8s-plus. */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }

  /** Labels and namespace of the pods. */
  public toPodSelectorConfig(): PodSelectorConfig {
    return podSelectorOf(podLabels(this.undeclared), this.namespace);
  }

  /** What this database does for a client. */
  private hostOf(client: Declaration<ClientOptions>): ClientHost {
    const { name, options: { password, state } } = client;
    const alias = clientCertificateAlias(name);
    const plan = this.undeclared;
    const certificate = plan.tls && (password === undefined || this.props.clientCertificate !== undefined) ? clientCertificatePlan(plan, this.props, client) : undefined;
    const server = certificateOf(plan, CertificateAlias.SERVER);
    const serverIssuer = plan.trustedServerCas.isIssuedSecret ? server?.issuer : undefined;
    const { isRestricted, _options: network } = networkOf(this.props);
    const { metadata: { labels, annotations } } = plan;
    const metadata = { labels: { ...labels, ...objectLabels(plan.name) }, annotations };
    const carrier = `${plan.name}-${SERVER_TRUST}`;
    return {
      name: connectionName(plan.name, alias),
      password,
      isAbsent: state?.isAbsent ?? false,
      tls: plan.tls,
      serverIssuer,
      isRestricted,
      memberHosts: plan.availability.engine === 'patroni' ? memberHosts(plan) : [],
      certificate: () => {
        if (certificate !== undefined && !this.declarations.readCertificates.includes(name)) {
          this.declare({ ...this.declarations, readCertificates: [...this.declarations.readCertificates, name] });
        }
        return this.certificate(alias);
      },
      certificateIn: (otherNamespace, prefix) => {
        const issuer = certificate?.issuer ?? this.clientIssuer;
        if (certificate === undefined || issuer === undefined) { return undefined; }
        const isRenamed = otherNamespace !== undefined && prefix !== connectionName(plan.name, alias);
        const id = isRenamed ? `${prefix}-cert` : certificate.name;
        const secretName = client.options.certificate?.secretName ?? id;
        return this.foreignCertificates.maker(otherNamespace, { ...metadata, alias, name: id, secretName, spec: certificate.spec, issuer });
      },
      carrier: (otherNamespace) => serverIssuer && this.foreignCertificates.maker(otherNamespace, {
        ...metadata, alias: SERVER_TRUST, name: carrier, secretName: carrier, issuer: serverIssuer,
        // With the usage of a client, so that no server can have it; only its ca.crt is used.
        spec: { commonName: carrier, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CLIENT_AUTH] },
      }),
      egress: (isElsewhere, pooler) => {
        const pods = pooler === undefined ? podLabels(plan) : poolerLabels(plan.name, pooler);
        return clientEgress(podsIn(pods, isElsewhere ? this.namespace : undefined), network);
      },
      admit: (connection) => {
        if (this.declarations.connections.some((known) => isDeepStrictEqual(known, connection))) { return; }
        this.declare({ ...this.declarations, connections: [...this.declarations.connections, connection] });
      },
    };
  }

  private get declarations(): Declarations {
    return this.definition.declarations;
  }

  private get engine(): Engine {
    return engineOf(this.undeclared);
  }

  private get plan(): DatabasePlan {
    return planOf(this.definition);
  }

  /** The plan without declarations, for the constructor. Features are checked by the plan that is written. */
  private get draft(): DatabasePlan {
    return resolveUnchecked(this.props, this.definition.placement).plan;
  }

  private declare(declarations: Declarations): void {
    this.definition = { ...this.definition, declarations: sortDeclarations(declarations) };
    if (this.engine.declaresObjects) { return this.addObjects(); }
    // Without TLS no object depends on declarations; with a client CA the certificates of clients alone do, and to resolve all of the plan for each of them would cost a multiple.
    if (!this.undeclared.tls) { return; }
    if (this.clientCa === undefined && this.undeclared.clientCa?.sharedIssuer === undefined) { this.addObjects(); } else {
      this.addCertificates(this.undeclared, certificatesOfClients(this.props, { ...this.undeclared, declarations }));
    }
  }

  /**
   * Adds the objects of the plan that are not there yet; those that are there take their content from the plan when they are written. In the order in
   * which they should be applied; edges between them would rename files and cost exponential time.
   */
  private addObjects(plan = this.plan): void {
    this.addClientCa(plan);
    this.addOwnCas(plan);
    if (plan.clientCa?.carrier && this.clientIssuer) { this.addCertificate(plan, 'client-ca-trust', plan.clientCa.carrier, this.clientIssuer); }
    this.addCertificates(plan, plan.certificates);
    for (const { id, body = 'spec', head, manifest } of plannedObjects(plan)) {
      if (this.node.tryFindChild(id) !== undefined) { continue; }
      const { [body]: _, ...early } = mapping(head?.(plan) ?? manifest(plan, this.clientIssuer));
      new RenderedOnce(this, id, { ...early, metadata: withCommonMetadata(plan.metadata, early['metadata']) } as ApiObjectProps, { name: body, make: () => this.bodyOf(id, body) });
    }
  }

  /** The body of an object by all that is declared. */
  private bodyOf(id: string, body: string): unknown {
    const { plan } = this;
    return mapping(objectsById(plan).get(id)!.manifest(plan, this.clientIssuer))[body];
  }

  private addClientCa({ metadata, clientCa }: DatabasePlan): void {
    if (clientCa === undefined || clientCa.sharedIssuer !== undefined || this.clientCa !== undefined) { return; }
    const { name, isCluster, options } = clientCa;
    new CertificateAuthority(this, CLIENT_CA, {
      ...options, metadata: { ...metadata, name }, scope: isCluster ? CertificateAuthorityScope.cluster() : CertificateAuthorityScope.namespaced(),
    });
  }

  private addOwnCas({ metadata, ownCas }: DatabasePlan): void {
    for (const { id, name, options } of ownCas.filter((ca) => this.node.tryFindChild(ca.id) === undefined)) {
      new CertificateAuthority(this, id, { ...options, metadata: { ...metadata, name }, scope: CertificateAuthorityScope.namespaced() });
    }
  }

  private addCertificates(plan: UndeclaredPlan, certificates: ReadonlyArray<CertificatePlan>): void {
    for (const certificate of certificates) {
      const issuer = certificate.issuer ?? this.ownIssuer(certificate);
      if (issuer !== undefined) { this.addCertificate(plan, certificateId(certificate.alias), certificate, issuer); }
    }
    this.removeUnusedCertificates(certificates);
  }

  /** A client that connects only from other namespaces leaves no key in this one. */
  private removeUnusedCertificates(certificates: ReadonlyArray<CertificatePlan>): void {
    const unused = this.declarations.clients.map(({ name }) => clientCertificateAlias(name)).filter((alias) => !certificates.some((certificate) => certificate.alias === alias));
    for (const certificate of unused.map((alias) => this.certificate(alias)).filter((made) => made !== undefined)) {
      DeclaredCertificates.of(this).withdraw(certificate);
      this.node.tryRemoveChild(certificate.node.id);
    }
  }

  /** The issuer of a certificate that none is given for. */
  private ownIssuer({ alias, ownCa }: CertificatePlan): IIssuer | undefined {
    if (ownCa !== undefined) { return (this.node.findChild(ownCa) as CertificateAuthority).issuer; }
    return alias === CertificateAlias.SERVER ? undefined : this.clientIssuer;
  }

  private certificate(alias: string): Certificate | undefined {
    return this.node.tryFindChild(certificateId(alias)) as Certificate | undefined;
  }

  private addCertificate(plan: UndeclaredPlan, id: string, { name, secretName, annotations, spec }: Omit<CertificatePlan, 'alias'>, issuer: IIssuer): void {
    if (this.node.tryFindChild(id) !== undefined) { return; }
    const metadata = withCommonMetadata(plan.metadata, { name, labels: objectLabels(plan.name), annotations: annotations && { ...annotations } });
    new Certificate(this, id, { ...spec, secretName, metadata, issuer });
  }

  /** What will be written of one of the objects, patches applied. */
  private writtenAs(id: string): Mapping | undefined {
    const child = this.node.tryFindChild(id);
    return child === undefined ? undefined : ApiObject.of(child).toJson() as Mapping;
  }
}

/** What a plan is resolved from. */
interface Definition {
  readonly props: PostgresProps;
  readonly placement: Placement;
  readonly declarations: Declarations;
}

type UndeclaredPlan = DatabaseBasics & Pick<DatabasePlan, 'certificates' | 'clientCa'>;

/** Rules and objects of one database ask one after the other; the plans of all databases of a fleet would take most of its memory. */
const planOf = memoizeLast(({ props, placement, declarations }: Definition) => resolvePlan(props, placement, FEATURES, declarations));

const objectsById = memoizeByObject((plan: DatabasePlan) => new Map(plannedObjects(plan).map((object) => [object.id, object])));

/** The construct of the certificate of an alias. */
function certificateId(alias: string): string {
  return `${alias}-cert`;
}

/** What clients mount. Issuers such as ACME write no `ca.crt`: their certificates are verified with the CAs of the client's system. */
function trustedServerCas(plan: DatabasePlan): TrustSource | undefined {
  const server = certificateOf(plan, CertificateAlias.SERVER);
  if (server === undefined) { return undefined; }
  if (!plan.trustedServerCas.isIssuedSecret) { return plan.trustedServerCas; }
  return server.issuer?.providesCaCertificate === false ? undefined : TrustSource.fromSecretName(server.secretName);
}
