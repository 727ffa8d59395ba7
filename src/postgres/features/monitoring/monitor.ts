import { Duration } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { ICertificate } from '../../../cert-manager';
import { checkArguments } from '../../../checks';

/** A ServiceMonitor of the Prometheus operator. */
export interface PostgresServiceMonitor {
  /**
   * Labels by which Prometheus selects the object, in addition to those of the database.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Scrape interval.
   *
   * @default - the interval of Prometheus
   */
  readonly interval?: Duration;

  /**
   * Client certificate of Prometheus, in a Secret of this namespace. The exporter then rejects clients without a certificate of the CA
   * in that Secret.
   *
   * @default - none is required
   */
  readonly clientCertificate?: ICertificate;
}

/** A PrometheusRule of the Prometheus operator with alerts for this database. */
export interface PostgresAlerts {
  /**
   * Labels by which Prometheus selects the object, in addition to those of the database.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
}

/** Options of metrics for Prometheus. */
export interface PrometheusOptions {
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
   * A ServiceMonitor, with which the Prometheus operator scrapes the metrics. Its custom resource definitions must be installed.
   *
   * @default - no ServiceMonitor
   */
  readonly serviceMonitor?: PostgresServiceMonitor;

  /**
   * A PrometheusRule with alerts. The custom resource definitions of the Prometheus operator must be installed.
   *
   * @default - no PrometheusRule
   */
  readonly alerts?: PostgresAlerts;
}

/** How the database is monitored. */
export class PostgresMonitor {
  /** Metrics for Prometheus: postgres_exporter in the pod and, as given, a ServiceMonitor and alerts. */
  public static prometheus(options: PrometheusOptions = {}): PostgresMonitor {
    checkArguments('PostgresMonitor.prometheus', options);
    return new PostgresMonitor(options);
  }

  private constructor(
    /** @internal */
    public readonly _options: PrometheusOptions,
  ) {}
}
