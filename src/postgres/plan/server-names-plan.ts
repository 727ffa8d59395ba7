import { isIP } from 'node:net';
import { objectNames, serviceHosts } from './names';
import type { PostgresProps } from '../postgres-props';

/** The input for the names of a server. */
export interface ServerNamesInput {
  readonly name: string;
  readonly namespace: string;
  readonly clusterDomain: string;
  /** Services of an operator, that of the primary first. */
  readonly services?: ReadonlyArray<string>;
  readonly serverNames?: NonNullable<PostgresProps['tls']>['serverNames'];
  /** Names that are given with the options of the server's certificate. */
  readonly dnsNames?: ReadonlyArray<string>;
  readonly ipAddresses?: ReadonlyArray<string>;
}

/** The names of a server, and which of them its clients use. */
export interface ServerNamesPlan {
  /** Undefined where no name fits. */
  readonly commonName?: string;
  readonly dnsNames: string[];
  readonly ipAddresses: string[];
  /** The host that applications connect to; undefined where there is no name without a wildcard. */
  readonly endpoint?: string;
  /** The host by which containers of the pod reach and verify the server. */
  readonly podHost: string;
  /** Whether that host leads to the pod itself only by an entry in its hosts file. */
  readonly needsHostAlias: boolean;
}

/** Where the server listens inside of the pod. */
export const LOOPBACK = '127.0.0.1';

export function serverNamesPlan(input: ServerNamesInput): ServerNamesPlan {
  const { isExclusive = false, names = [] } = input.serverNames ?? {};
  const addresses = names.filter((name) => isIP(name) !== 0);
  const dnsNames = [...(isExclusive ? [] : serverHosts(input)), ...names.filter((name) => isIP(name) === 0), ...(input.dnsNames ?? [])];
  const ipAddresses = [...(isExclusive || input.services ? [] : [LOOPBACK, '::1']), ...addresses, ...(input.ipAddresses ?? [])];
  return { dnsNames, ipAddresses, ...(isExclusive ? exclusive(names) : inCluster(input)), ...inPod(dnsNames, ipAddresses) };
}

function inCluster({ name, namespace, clusterDomain, services: [service = name] = [] }: ServerNamesInput): Pick<ServerNamesPlan, 'commonName' | 'endpoint'> {
  return { commonName: service, endpoint: serviceHosts(service, namespace, clusterDomain).at(-1)! };
}

/** ACME has the common name repeat one of the names (cert-manager pkg/controller/certificaterequests/acme/acme.go); Vault's roles ask for one. */
function exclusive(names: ReadonlyArray<string>): Pick<ServerNamesPlan, 'commonName' | 'endpoint'> {
  const concrete = names.filter(isConcrete);
  return { commonName: concrete.find((name) => isIP(name) === 0 && Buffer.byteLength(name) <= 64), endpoint: concrete[0] };
}

/** Not `localhost`: it may resolve to `::1`, from which no pg_hba.conf row admits the exporter. */
function inPod(dnsNames: ReadonlyArray<string>, ipAddresses: ReadonlyArray<string>): Pick<ServerNamesPlan, 'podHost' | 'needsHostAlias'> {
  const host = ipAddresses.includes(LOOPBACK) ? undefined : dnsNames.find((name) => isConcrete(name) && name !== 'localhost');
  return { podHost: host ?? LOOPBACK, needsHostAlias: host !== undefined };
}

function isConcrete(name: string): boolean {
  return !name.startsWith('*.');
}

/** Every host name by which the server can be reached inside the cluster, its own pods' included. An operator's replicas connect through its Services. */
function serverHosts({ name, namespace, clusterDomain, services }: ServerNamesInput): string[] {
  if (services) { return services.flatMap((service) => serviceHosts(service, namespace, clusterDomain)); }
  const pods = serviceHosts(objectNames(name).headlessService, namespace, clusterDomain);
  return [...serviceHosts(name, namespace, clusterDomain), ...pods, ...pods.map((host) => `*.${host}`), 'localhost'];
}
