import { Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import type { PrometheusOptions } from './monitor';
import { once } from '../../../data';
import { yamlLibrary } from '../../../formats';
import type { ContainerPlan } from '../../plan/parts';
import type { DatabaseBasics } from '../../plan/database-basics';
import { Layout, POSTGRES_PORT } from '../../plan/layout';
import { sidecarResources } from '../../plan/resources';

/** The release of 2025 that reads its certificate files at every connection. */
const POSTGRES_EXPORTER_IMAGE = 'quay.io/prometheuscommunity/postgres-exporter:v0.18.1';

/** Directory of the CA of the server's certificate. */
export const SERVER_CA = '/tls/certs/server-authority';

/** Directory of its own certificate. */
export const EXPORTER_CERTIFICATE = '/tls/certs/metrics-exporter';

/** Directory of the CA of the scraper, if it must present a certificate. */
export const SCRAPER_CA = '/tls/certs/scraper-authority';

/** Its file in the configuration directory. */
export const WEB_CONFIG = 'exporter-web.yml';

const RESOURCES: ContainerResources = { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) } };

/** The exporter with every default applied. */
export interface ExporterPlan {
  readonly image: string;
  readonly port: number;
  /** Whether it logs in, and serves its metrics, with a certificate. */
  readonly tls: boolean;
  /** The host by which it reaches and verifies the server. */
  readonly host: string;
  /** Whether the pod's hosts file must map this host to the pod itself: its driver, lib/pq 1.10, knows no `hostaddr`. */
  readonly needsHostAlias: boolean;
  /** Whether the scraper must present a certificate. */
  readonly verifyClients: boolean;
  /** Secret of the scraper certificate, whose `ca.crt` verifies it. */
  readonly scraperSecretName?: string;
}

export function exporterPlan(monitor: PrometheusOptions, { tls, serverNames: { podHost, needsHostAlias } }: DatabaseBasics): ExporterPlan {
  const verifyClients = tls && monitor.serviceMonitor?.clientCertificate !== undefined;
  return {
    image: monitor.image ?? POSTGRES_EXPORTER_IMAGE,
    port: monitor.port ?? 9187,
    tls,
    host: podHost,
    needsHostAlias: tls && needsHostAlias,
    verifyClients,
    scraperSecretName: verifyClients ? monitor.serviceMonitor?.clientCertificate?.secretName : undefined,
  };
}

/** The exporter's own TLS: files are read again for every connection, so a renewal needs no reload. */
export function renderWebConfig({ verifyClients }: ExporterPlan): string {
  return verifyClients ? WITH_CLIENT_CERTIFICATES() : WITHOUT_CLIENT_CERTIFICATES();
}

const WITH_CLIENT_CERTIFICATES = once(() => webConfig(true));
const WITHOUT_CLIENT_CERTIFICATES = once(() => webConfig(false));

function webConfig(verifyClients: boolean): string {
  return yamlLibrary().stringify({
    tls_server_config: {
      cert_file: `${EXPORTER_CERTIFICATE}/tls.crt`,
      key_file: `${EXPORTER_CERTIFICATE}/tls.key`,
      min_version: 'TLS13',
      ...(verifyClients ? { client_auth_type: 'RequireAndVerifyClientCert', client_ca_file: `${SCRAPER_CA}/ca.crt` } : {}),
    },
  });
}

/** Command, environment and probe of the exporter's container; no password is in it, for there is none. */
export function exporterContainer(plan: ExporterPlan, role: string, layout: Layout, resources?: ContainerResources, server?: ContainerResources): ContainerPlan['spec'] {
  const files = EXPORTER_CERTIFICATE;
  const source = plan.tls
    ? `host=${plan.host} port=${POSTGRES_PORT} sslmode=verify-full sslrootcert=${SERVER_CA}/ca.crt sslcert=${files}/tls.crt sslkey=${files}/tls.key`
    : `host=${layout.socket} port=${POSTGRES_PORT} sslmode=disable`;
  return {
    image: plan.image,
    args: [`--web.listen-address=:${plan.port}`, ...(plan.tls ? [`--web.config.file=${layout.config}/${WEB_CONFIG}`] : [])],
    env: [{ name: 'DATA_SOURCE_NAME', value: `${source} user=${role} dbname=postgres` }],
    livenessProbe: livenessProbe(plan),
    resources: sidecarResources(RESOURCES, resources, server),
  };
}

/**
 * Whether the exporter responds; `pg_up` shows whether the database does. Not a TCP probe, which an exporter with TLS logs as a failed handshake; and no
 * probe if it requires a client certificate, because kubelet has none.
 */
function livenessProbe({ tls, verifyClients }: ExporterPlan): k8s.Probe | undefined {
  if (verifyClients) { return undefined; }
  return { httpGet: { path: '/', port: k8s.IntOrString.fromString('metrics'), scheme: tls ? 'HTTPS' : 'HTTP' }, periodSeconds: 30, timeoutSeconds: 5 };
}
