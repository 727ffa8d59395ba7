import { k8s } from 'cdk8s-plus-27';
import { stringify } from 'yaml';
import { EXPORTER_ROLE } from './certificates';
import { POSTGRES_EXPORTER_IMAGE } from './images';
import { Layout, POSTGRES_PORT } from './layout';
import type { ServerNamesPlan } from './server-names';
import type { PostgresMonitor } from '../monitor';

/** The exporter with every default applied. */
export interface ExporterPlan {
  readonly image: string;
  readonly port: number;
  /** Whether it logs in, and serves its metrics, with a certificate. */
  readonly tls: boolean;
  /** The host by which it reaches and verifies the server. */
  readonly host: string;
  /** Whether the pod's hosts file has to say that this host is the pod itself: its driver, lib/pq 1.10, knows no `hostaddr`. */
  readonly needsHostAlias: boolean;
  /** Whether who fetches metrics must show a certificate. */
  readonly verifyClients: boolean;
  /** Secret of the certificate that who fetches shows, whose `ca.crt` verifies it. */
  readonly scraperSecretName?: string;
}

export function exporterPlan(monitor: PostgresMonitor | undefined, tls: boolean, { podHost, needsHostAlias }: ServerNamesPlan): ExporterPlan | undefined {
  const verifyClients = tls && monitor?.serviceMonitor?.clientCertificate !== undefined;
  return monitor && {
    image: monitor.image ?? POSTGRES_EXPORTER_IMAGE,
    port: monitor.port ?? 9187,
    tls,
    host: podHost,
    needsHostAlias: tls && needsHostAlias,
    verifyClients,
    scraperSecretName: verifyClients ? monitor?.serviceMonitor?.clientCertificate?.secretName : undefined,
  };
}

/** The exporter's own TLS: files are read again for every connection, so a renewal needs no reload. */
export function renderWebConfig({ verifyClients }: ExporterPlan, layout: Layout): string {
  const files = layout.exporterCertificate;
  return stringify({
    tls_server_config: {
      cert_file: `${files}/tls.crt`,
      key_file: `${files}/tls.key`,
      min_version: 'TLS13',
      ...(verifyClients ? { client_auth_type: 'RequireAndVerifyClientCert', client_ca_file: `${layout.scraperAuthority}/ca.crt` } : {}),
    },
  });
}

/** Command, environment and probe of the exporter's container; no password is in it, for there is none. */
export function exporterContainer(plan: ExporterPlan, layout: Layout, resources: k8s.ResourceRequirements): Omit<k8s.Container, 'name'> {
  const files = layout.exporterCertificate;
  const source = plan.tls
    ? `host=${plan.host} port=${POSTGRES_PORT} sslmode=verify-full sslrootcert=${layout.serverAuthority}/ca.crt sslcert=${files}/tls.crt sslkey=${files}/tls.key`
    : `host=${layout.socket} port=${POSTGRES_PORT} sslmode=disable`;
  return {
    image: plan.image,
    args: [`--web.listen-address=:${plan.port}`, ...(plan.tls ? [`--web.config.file=${layout.config}/exporter-web.yml`] : [])],
    env: [{ name: 'DATA_SOURCE_NAME', value: `${source} user=${EXPORTER_ROLE} dbname=postgres` }],
    ports: [{ name: 'metrics', containerPort: plan.port, protocol: 'TCP' }],
    livenessProbe: livenessProbe(plan),
    resources,
  };
}

/**
 * Whether it answers at all: pg_up says whether the database does. Not over TCP where it speaks TLS, which logs every look as a failed
 * handshake; nor where it asks for a certificate, for kubelet has none (then it listens or ends, as every Go program).
 */
function livenessProbe({ tls, verifyClients }: ExporterPlan): k8s.Probe | undefined {
  if (verifyClients) { return undefined; }
  return { httpGet: { path: '/', port: k8s.IntOrString.fromString('metrics'), scheme: tls ? 'HTTPS' : 'HTTP' }, periodSeconds: 30, timeoutSeconds: 5 };
}
