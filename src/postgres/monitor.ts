import { Duration } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { ICertificate } from '../cert-manager';

/** A ServiceMonitor of the Prometheus operator. */
export interface PostgresServiceMonitor {
  /**
   * Labels by which Prometheus selects it.
   *
   * @default - none but the database's own
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * How often metrics are fetched.
   *
   * @default - Prometheus' own interval
   */
  readonly interval?: Duration;

  /**
   * The certificate that Prometheus shows to the exporter, in a Secret of this namespace. The exporter then refuses everyone who
   * shows none of its own authority.
   *
   * @default - none is asked for
   */
  readonly clientCertificate?: ICertificate;
}

/** A PrometheusRule of the Prometheus operator with alerts for this database. */
export interface PostgresAlerts {
  /**
   * Labels by which Prometheus selects it.
   *
   * @default - none but the database's own
   */
  readonly labels?: { readonly [name: string]: string };
}

/** Metrics of a database for Prometheus: an exporter beside it, and who fetches from it. */
export interface PostgresMonitor {
  /**
   * Image of postgres_exporter.
   *
   * @default - the release that this package was tested with
   */
  readonly image?: string;

  /**
   * Port of the metrics: 1024 to 65535.
   *
   * @default 9187
   */
  readonly port?: number;

  /**
   * CPU and memory of the exporter.
   *
   * @default - 10m CPU, 64Mi memory and 64Mi ephemeral storage requested, memory limited to 64Mi, CPU to 200m where that of the
   * database is limited; each resource that is given replaces its own default
   */
  readonly resources?: ContainerResources;

  /**
   * Have the Prometheus operator fetch the metrics. Its custom resources must be installed.
   *
   * @default - no ServiceMonitor
   */
  readonly serviceMonitor?: PostgresServiceMonitor;

  /**
   * Alerts. The Prometheus operator's custom resources must be installed.
   *
   * @default - no PrometheusRule
   */
  readonly alerts?: PostgresAlerts;
}
