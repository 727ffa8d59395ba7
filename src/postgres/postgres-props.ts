import { ContainerResources } from 'cdk8s-plus-27';
import { AccessRule, ClientCertificateCheck, UserMapping } from './features/access/access-rule';
import { HighAvailability } from './features/availability/high-availability';
import { Backup } from './features/backup/backup';
import { Recovery } from './features/backup/recovery';
import { DeletionPolicy } from './features/storage/deletion-policy';
import { HugePages } from './features/resources/huge-pages';
import { PostgresInit } from './features/initialization/initialization';
import { PostgresMonitor } from './features/monitoring/monitor';
import { PostgresNetwork } from './features/network/network';
import { PostgresPodTemplate } from './features/pod/pod-template';
import { PostgresScripts } from './postgres-scripts';
import { PostgresServices } from './features/services/services';
import { ClientAuthMode, SslMode } from './ssl-mode';
import { PostgresStorage } from './features/storage/storage';
import { SuperuserAccess } from './features/access/superuser-access';
import { PostgresTls } from './features/tls/tls';
import { PostgresVersion } from './version';
import { CommonMetadata } from '../cert-manager';

/** Properties of a Postgres database. */
export interface PostgresProps {
  /**
   * `name`: name of the Service and the StatefulSet, and prefix of all other names: a DNS label of at most 52 characters that starts with a letter.
   * `labels`, `annotations`: of every object, the CA of its clients included, but not of the pod, which `podTemplate` has; `services` and `monitor` have
   * those of single objects.
   *
   * @default - the construct id as name
   */
  readonly metadata?: CommonMetadata;

  /** Major version and image. */
  readonly version: PostgresVersion;

  /**
   * What the server requires of connections, and what clients are expected to verify.
   *
   * @default - SslMode.VERIFY_FULL with `tls`, otherwise SslMode.DISABLE
   */
  readonly sslMode?: SslMode;

  /**
   * How clients authenticate.
   *
   * @default - ClientAuthMode.CERT with TLS, otherwise ClientAuthMode.SCRAM
   */
  readonly clientAuthMode?: ClientAuthMode;

  /**
   * A client certificate in addition to the password. `ClientAuthMode.CERT` requires one anyway.
   *
   * @default - none
   */
  readonly clientCertificate?: ClientCertificateCheck;

  /**
   * Rows of pg_hba.conf, before those of `sslMode` and `clientAuthMode`: the first row that matches decides. A rule may not allow
   * plaintext when `sslMode` requires TLS, and may not be shadowed by an earlier rule.
   *
   * @default - none
   */
  readonly accessRules?: AccessRule[];

  /**
   * Rows of pg_ident.conf, for access rules with a `map`.
   *
   * @default - none
   */
  readonly userMappings?: UserMapping[];

  /**
   * Server parameters by name, at the end of postgresql.conf. Names and values are checked for the major version; parameters that
   * other properties set are refused. A change that needs a restart replaces the pod; every other change is reloaded.
   *
   * @default - shared_buffers, effective_cache_size, maintenance_work_mem and max_connections are derived from the memory limit
   */
  readonly parameters?: { readonly [name: string]: string };

  /**
   * Certificates of the server and of its clients, and TLS settings.
   *
   * @default - no TLS
   */
  readonly tls?: PostgresTls;

  /**
   * Several servers with automatic failover.
   *
   * @default - one server
   */
  readonly highAvailability?: HighAvailability;

  /** Storage of the data: durable or ephemeral. */
  readonly storage: PostgresStorage;

  /**
   * Options of initdb, and scripts to run on a new database.
   *
   * @default - UTF-8, code point order, checksums; no scripts
   */
  readonly init?: PostgresInit;

  /**
   * Backups of the database, and the archive of its WAL. Requires TLS, durable storage, and an image with pgBackRest.
   *
   * @default - none
   */
  readonly backup?: Backup;

  /**
   * The backup of another database that a new one is made from, in place of initdb. It has no effect once there is a data directory.
   *
   * @default - an empty database
   */
  readonly recovery?: Recovery;

  /**
   * The scripts of the pod, in a ConfigMap that databases of the namespace share. An update of this package that changes them then replaces the pods.
   *
   * @default - in the ConfigMap of the database: the running reloader takes over changed scripts
   */
  readonly scripts?: PostgresScripts;

  /**
   * Metrics: postgres_exporter in the pod, with a certificate and a role of its own.
   *
   * @default - none
   */
  readonly monitor?: PostgresMonitor;

  /**
   * Network access: NetworkPolicy, IP families, service mesh.
   *
   * @default - PostgresNetwork.restricted(): every pod of its namespace; metrics: every pod of the cluster
   */
  readonly network?: PostgresNetwork;

  /**
   * Additions to the pod template: scheduling, volumes, sidecars.
   *
   * @default - nothing
   */
  readonly podTemplate?: PostgresPodTemplate;

  /**
   * Options of the Services: type, labels, annotations, load balancer.
   *
   * @default - none: type ClusterIP
   */
  readonly services?: PostgresServices;

  /**
   * What happens to durable data when the StatefulSet is deleted.
   *
   * @default DeletionPolicy.HALT
   */
  readonly deletionPolicy?: DeletionPolicy;

  /**
   * Resources of the database container. An omitted resource has its default.
   *
   * @default - 250m CPU, 1Gi memory and 64Mi ephemeral storage (and the size of ephemeral data) requested, memory limited to 1Gi
   */
  readonly resources?: ContainerResources;

  /**
   * Huge pages for PostgreSQL shared memory, in addition to the memory limit. The server does not start without them.
   *
   * @default - none: `huge_pages = off`, because with `try` the kernel kills the server on nodes with huge pages that the pod may not use
   */
  readonly hugePages?: HugePages;

  /**
   * How the superuser `postgres` logs in over the network.
   *
   * @default SuperuserAccess.local()
   */
  readonly superuserAccess?: SuperuserAccess;

  /**
   * DNS domain of the cluster, the suffix of full host names.
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;
}
