import { ContainerResources } from 'cdk8s-plus-27';
import { AccessRule, ClientCertificateCheck, UserMapping } from './access-rule';
import { DeletionPolicy } from './deletion-policy';
import { HugePages } from './huge-pages';
import { PostgresInit } from './initialization';
import { PostgresMonitor } from './monitor';
import { PostgresNetwork } from './network';
import { PostgresPodTemplate } from './pod-template';
import { PostgresServiceTemplate } from './service-template';
import { ClientAuthMode, SslMode } from './ssl-mode';
import { PostgresStorage } from './storage';
import { SuperuserAccess } from './superuser-access';
import { PostgresTls } from './tls';
import { PostgresVersion } from './version';

/** Properties of a Postgres database. */
export interface PostgresProps {
  /**
   * Name of the database's Service and StatefulSet and base of all other names: at most 52 characters, a DNS label that starts
   * with a letter.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /** Major version and image. */
  readonly version: PostgresVersion;

  /**
   * What clients do about TLS and what the server insists on.
   *
   * @default - verify-full with `tls`, disable without
   */
  readonly sslMode?: SslMode;

  /**
   * How clients prove who they are.
   *
   * @default - cert with TLS, scram without
   */
  readonly clientAuthMode?: ClientAuthMode;

  /**
   * A certificate that clients must show beside their password. With clientAuthMode cert it is shown anyway.
   *
   * @default - none
   */
  readonly clientCertificate?: ClientCertificateCheck;

  /**
   * Rows for pg_hba.conf, before those of `sslMode` and `clientAuthMode`: the first row that matches decides. None can let
   * plaintext in where the mode promises TLS.
   *
   * @default - none
   */
  readonly accessRules?: AccessRule[];

  /**
   * Rows for pg_ident.conf, for access rules that name a map.
   *
   * @default - none
   */
  readonly userMappings?: UserMapping[];

  /**
   * Server parameters by name, last in postgresql.conf. Names and values are checked against the major; those that follow from
   * other properties are refused. Where only a restart can take a change over, the pod is replaced; all others are reloaded.
   *
   * @default - shared_buffers, effective_cache_size, maintenance_work_mem and max_connections follow from the memory limit
   */
  readonly parameters?: { readonly [name: string]: string };

  /**
   * Certificates of the server and of its clients.
   *
   * @default - no TLS
   */
  readonly tls?: PostgresTls;

  /** Where the data lives. */
  readonly storage: PostgresStorage;

  /**
   * How the data directory is made, and scripts to run on a new database.
   *
   * @default - UTF-8, sorted by code point, with checksums; no scripts
   */
  readonly init?: PostgresInit;

  /**
   * Metrics for Prometheus: postgres_exporter beside the server, with its own certificate and its own role.
   *
   * @default - none
   */
  readonly monitor?: PostgresMonitor;

  /**
   * Who can reach the database over the network, before it asks who they are.
   *
   * @default - every pod of its namespace; metrics: every pod of the cluster
   */
  readonly network?: PostgresNetwork;

  /**
   * What the platform adds to the pod: where it runs, what runs beside it.
   *
   * @default - nothing
   */
  readonly podTemplate?: PostgresPodTemplate;

  /**
   * What is special about single Services.
   *
   * @default - nothing: they are of type ClusterIP
   */
  readonly serviceTemplates?: PostgresServiceTemplate[];

  /**
   * What becomes of durable data when the StatefulSet is deleted.
   *
   * @default DeletionPolicy.HALT
   */
  readonly deletionPolicy?: DeletionPolicy;

  /**
   * CPU and memory of the database container.
   *
   * @default - 250m CPU and 1Gi memory requested, memory limited to 1Gi
   */
  readonly resources?: ContainerResources;

  /**
   * Huge pages for shared_buffers and what else the server's processes share, beside the memory limit. The server does not start
   * without them.
   *
   * @default - none: huge_pages is off, because `try` is killed on nodes that have some where the pod may not use them
   */
  readonly hugePages?: HugePages;

  /**
   * How `postgres` logs in over the network.
   *
   * @default SuperuserAccess.local()
   */
  readonly superuserAccess?: SuperuserAccess;

  /**
   * DNS domain of the cluster, which full host names end with.
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;
}
