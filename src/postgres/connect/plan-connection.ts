import type { CertificateMaker, ClientHost } from './client-host';
import { LONGEST_NAME } from './connection-name';
import { clientConnection, clientWiring, type ClientWiring, type WiringNeed } from './client-wiring';
import type { ConnectOptions } from './connect-options';
import { type KeyGroup, keyGroup } from './key-group';
import type { PodFacts } from './pod-facts';
import { serverTrust } from './server-trust';
import { wiringFaults } from './wiring-faults';
import { type ClientConnection, TargetSessionAttributes } from '../client-connection';
import type { IPostgres } from '../postgres-ref';

/** A client, and the pods that it connects from. */
export interface ConnectionRequest {
  readonly db: IPostgres;
  readonly role: string;
  readonly databases: ReadonlyArray<string>;
  readonly host: ClientHost;
  readonly options: ConnectOptions;
  readonly pod: PodFacts;
  /** Undefined for the namespace of the database. */
  readonly otherNamespace?: string;
}

/** What a connection takes, before anything is changed. */
export interface ConnectionPlan {
  readonly wiring: ClientWiring;
  readonly connection: ClientConnection;
  readonly isWired: (container: string) => boolean;
  /** The Certificates that are to be made in the namespace of the pods. */
  readonly certificates: ReadonlyArray<CertificateMaker>;
  readonly hasEgressPolicy: boolean;
}

/** The plan of a connection, or why there is none. */
export function planConnection(request: ConnectionRequest): ConnectionPlan | { readonly faults: string[] } {
  const { host, options, pod, otherNamespace } = request;
  const given = givenFaults(request);
  if (given.length > 0) { return { faults: given }; }

  const certificate = host.certificateIn(otherNamespace, options.name ?? host.name);
  const unreachable = certificate === undefined ? undefined : issuerFault(request, certificate);
  const trust = serverTrust({
    tls: host.tls, given: options.trustedServerCas, trustedServerCas: request.db.trustedServerCas, otherNamespace, serverIssuer: host.serverIssuer,
    certificate: certificate && { secretName: certificate.secretName, secretKeys: [...certificate.secretKeys], issuer: certificate.issuer },
  });
  const readers = { ...pod, containers: pod.containers.filter(({ name }) => isNamed(options, name)) };
  const { group, fault: groupFault }: KeyGroup = certificate === undefined ? {} : keyGroup(options, readers);
  const faults = [unreachable, 'fault' in trust ? trust.fault : undefined, groupFault].filter((fault) => fault !== undefined);
  if (faults.length > 0) { return { faults }; }

  const carrier = 'carrierOf' in trust ? host.carrier(otherNamespace) : undefined;
  const need: WiringNeed = {
    ...targetOf(request), name: options.name ?? host.name, envPrefix: options.envPrefix ?? '', tls: host.tls, certificate, password: options.password ?? host.password, group,
    trust: carrier ? { kind: 'Secret', name: carrier.secretName, key: 'ca.crt' } : 'key' in trust ? trust.key : undefined,
  };
  const wiring = clientWiring(need);
  const isWired = (container: string): boolean => isNamed(options, container);
  const collisions = wiringFaults(wiring, pod, isWired);
  if (collisions.length > 0) { return { faults: collisions }; }
  return {
    wiring, isWired, connection: clientConnection(need), hasEgressPolicy: options.egressPolicy ?? host.isRestricted,
    certificates: otherNamespace === undefined ? [] : [certificate, carrier].filter((maker) => maker !== undefined),
  };
}

/** With several servers each is tried for one that takes writes: a Service may lead to a dead leader until the API server knows of its end (docs/high-availability.md). */
function targetOf({ db, role, databases, host: { memberHosts }, options: { database = databases[0] ?? role, targetSessionAttributes, through, singleHost } }: ConnectionRequest) {
  const { endpoint } = through ?? db;
  const isOne = through !== undefined || singleHost === true || memberHosts.length < 2;
  return {
    hosts: isOne ? [endpoint.host] : memberHosts, port: endpoint.port, database, role,
    targetSessionAttributes: targetSessionAttributes ?? (isOne ? undefined : TargetSessionAttributes.READ_WRITE),
  };
}

function isNamed({ containers }: ConnectOptions, name: string): boolean {
  return containers === undefined || containers.includes(name);
}

/** A variable as a shell and every runtime can read it. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

function givenFaults(request: ConnectionRequest): string[] {
  const { role, databases, host, options, pod } = request;
  const { envPrefix, name = host.name, database, containers = [] } = options;
  const known = new Set(pod.containers.map((container) => container.name));
  const unknown = known.size === 0 ? [] : containers.filter((container) => !known.has(container));
  if (host.isAbsent) { return [`client '${role}' is absent; remove state from addClient('${role}'), or do not connect it`]; }
  if (!host.tls && host.password === undefined) {
    return [`client '${role}' logs in with a certificate, but the database has no TLS; set tls of the database, or give the client a password: ClientPassword.fromSecret(secret)`];
  }
  return [
    ...throughFaults(request),
    ...(envPrefix === undefined || VARIABLE.test(envPrefix) ? [] : [`envPrefix is '${envPrefix}'; give letters, digits and underscores, not a digit first, for example ORDERS_`]),
    ...(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= LONGEST_NAME ? [] : [
      `name is '${name}', from which volumes are named; give lower-case letters, digits and inner hyphens, at most ${LONGEST_NAME} characters`,
    ]),
    ...(database === undefined || databases.includes(database) ? [] : [`database '${database}' is not one of client '${role}'; give one of ${databases.map((one) => `'${one}'`).join(', ')}`]),
    ...(unknown.length === 0 ? [] : [`containers has ${unknown.map((one) => `'${one}'`).join(', ')}; the pod has ${[...known].map((one) => `'${one}'`).join(', ')}`]),
    ...(pod.isInHostNetwork && host.isRestricted ? [
      'the pod has hostNetwork, and the NetworkPolicy of the database admits pods by their labels, which it cannot see there; leave hostNetwork out, '
      + 'or set network of the database to PostgresNetwork.unrestricted()',
    ] : []),
    ...passwordFaults(request),
  ];
}

function passwordFaults({ role, host: { password, passwordNamespace }, options, otherNamespace, db }: ConnectionRequest): string[] {
  if (password === undefined) { return options.password === undefined ? [] : [`password is given, but client '${role}' logs in with a certificate; leave it out`]; }
  const [has = '', needs = ''] = [passwordNamespace ?? db.namespace, otherNamespace ?? db.namespace];
  return has === needs || options.password !== undefined ? [] : [
    `the password of client '${role}' is in Secret '${password.secretName}' in namespace '${has}', which pods in namespace '${needs}' cannot read; connect a workload in the namespace of the `
    + `${passwordNamespace === undefined ? 'database' : 'password'}, or give password of this connection: ClientPassword.fromSecret(secret) with a Secret of namespace '${needs}' that has the same `
    + 'password, or connect a client with a certificate: addClient without password',
  ];
}

function throughFaults({ options: { through }, db, role, host: { password } }: ConnectionRequest): string[] {
  if (through === undefined) { return []; }
  if (through.db !== db) { return [`through is pooler '${through.name}' of database '${through.db.name}', and client '${role}' is one of '${db.name}'; give a pooler of '${db.name}'`]; }
  return password === undefined ? [] : [`client '${role}' logs in with a password, and poolers admit certificates only; connect it without through, or declare it without password`];
}

function issuerFault({ role, otherNamespace }: ConnectionRequest, { issuer }: CertificateMaker): string | undefined {
  if (otherNamespace === undefined || issuer === undefined || issuer.issuerNamespace === undefined || issuer.issuerNamespace === otherNamespace) { return undefined; }
  return `${issuer.issuerKind} '${issuer.issuerName}' signs the certificate of client '${role}' only in namespace '${issuer.issuerNamespace}', and the workload is in '${otherNamespace}'; `
    + 'set tls.clientCa to ClientCa.clusterScoped(), with CertificateRequestPolicies; or run the workload in the namespace of the database; '
    + "or use cert-manager's csi-driver with a ClusterIssuer; or give another client a password, and this connection the password in a Secret of the namespace of the workload";
}
