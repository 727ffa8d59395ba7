import { declaredIn, type WrittenDeclarations } from './written-declarations';
import { mapping, mappings, text, texts } from '../../data';
import { inNamespace, type Manifest, PodView } from '../../kubernetes';
import { CERT_MANAGER_GROUP, type CertificateNode, clusterAssumptions, IssuanceGraph, statedAssumptions } from '../../pki';
import type { AnyHbaRow } from '../../postgresql';
import { DATABASE_LABEL, type ServerView, Workloads } from '../../workloads';
import { clientCaName, objectNames, serviceHosts } from '../plan/names';

/** A reference to an issuer, as a Certificate has it, with the namespace of an Issuer. */
export interface WrittenIssuer {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly providesCaCertificate: boolean;
}

/** A certificate of a client. */
export interface WrittenCertificate {
  readonly role: string;
  readonly secretName: string;
}

/** A database as its manifests show it: plain data. */
export interface WrittenPostgres {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  readonly tls: boolean;
  /** The names on the certificate of the server that are names of a host, wildcards left out; empty without TLS. */
  readonly hosts: ReadonlyArray<string>;
  /** The host for applications; undefined where the manifests leave the choice open. */
  readonly host?: string;
  /** Secret of the server's certificate; undefined without TLS, or if its issuer writes no `ca.crt`. */
  readonly serverCaSecret?: string;
  /** The issuers that sign certificates of clients: one, unless the manifests are ambiguous. */
  readonly clientIssuers: ReadonlyArray<WrittenIssuer>;
  readonly certificates: ReadonlyArray<WrittenCertificate>;
  /** Whether the manifests have the NetworkPolicy of the database. */
  readonly isRestricted: boolean;
  readonly rows: ReadonlyArray<AnyHbaRow>;
  readonly declarations: WrittenDeclarations;
}

/** Which database is meant. */
export interface Wanted {
  readonly name?: string;
  readonly namespace?: string;
}

/**
 * The database in manifests that this package wrote.
 *
 * @throws if there is none, if there are several of them, or if a part of it is missing
 */
export function writtenPostgres(manifests: ReadonlyArray<Manifest>, wanted: Wanted): WrittenPostgres {
  const graph = new IssuanceGraph(manifests, clusterAssumptions({}, { stated: statedAssumptions(manifests), isApp: false }));
  const at = chosen(graph.ofKind('apps', 'StatefulSet').filter((object) => labelOf(object) !== ''), wanted, manifests.length);
  const { namespace } = at;
  const name = labelOf(at);
  const here = `${name}${inNamespace(namespace)}`;
  if (namespace === undefined) { throw new Error(`StatefulSet '${at.name}' has no metadata.namespace; give manifests with namespaces, as this package writes them`); }
  const service = graph.find('', 'Service', namespace, name);
  if (service === undefined) { throw new Error(`the manifests have no Service '${name}'${inNamespace(namespace)}; give all files of the database`); }
  const server = serverOf(graph, at);
  if (server?.hba === undefined) {
    throw new Error(`the configuration of database ${here} is not among the manifests (ConfigMap '${objectNames(name).config}', pg_hba.conf); give all files of the database`);
  }
  const tls = server.tls === true;
  if (tls && server.certificate === undefined) { throw new Error(`the Certificate of the server of database ${here} is not among the manifests; give all files of the database`); }
  const hosts = tls ? texts(server.certificate!.spec['dnsNames']).filter((host) => !host.startsWith('*') && host !== 'localhost') : [];
  const clients = clientCertificates(graph, namespace, name);
  return {
    name, namespace, tls, hosts,
    port: Number(mappings(service.spec['ports'])[0]?.['port'] ?? server.port),
    host: tls ? endpointAmong(hosts, name, namespace) : serviceHosts(name, namespace, 'cluster.local').at(-1)!,
    serverCaSecret: tls && server.certificate!.issuer?.providesCaCertificate !== false ? server.certificate!.secretName : undefined,
    clientIssuers: clientIssuersOf(graph, namespace, name, clients),
    certificates: clients.map(({ spec, secretName }) => ({ role: text(spec['commonName']), secretName })),
    isRestricted: graph.find('networking.k8s.io', 'NetworkPolicy', namespace, name) !== undefined,
    rows: server.hba.rows,
    declarations: declaredIn(configOf(graph, at)),
  };
}

function chosen(databases: ReadonlyArray<Manifest>, { name, namespace }: Wanted, count: number): Manifest {
  const meant = databases.filter((object) => (name ?? labelOf(object)) === labelOf(object) && (namespace ?? object.namespace) === object.namespace);
  if (meant.length === 1) { return meant[0]!; }
  const list = (meant.length > 1 ? meant : databases).map((object) => `'${labelOf(object)}'${inNamespace(object.namespace)}`).join(', ');
  if (databases.length === 0) {
    throw new Error(`none of the ${count} manifests is a database of this package (a StatefulSet with the label ${DATABASE_LABEL}); give the files that a Postgres wrote, or use fromPostgresAttributes`);
  }
  throw new Error(meant.length > 1
    ? `the manifests have ${meant.length} databases: ${list}; set name${new Set(meant.map(labelOf)).size < meant.length ? ' and namespace' : ''}`
    : `the manifests have no database ${[...(name === undefined ? [] : [`'${name}'`]), ...(namespace === undefined ? [] : [`in namespace '${namespace}'`])].join(' ')}, but ${list}`);
}

function labelOf({ manifest }: Manifest): string {
  return text(mapping(mapping(manifest['metadata'])['labels'])[DATABASE_LABEL]);
}

function serverOf(graph: IssuanceGraph, at: Manifest): ServerView | undefined {
  const pod = graph.pods.find((candidate: PodView) => candidate.at === at);
  return pod && Workloads.of(graph).serversOf(pod).find(({ isPooler }) => !isPooler);
}

/** The full name of the Service in any cluster domain, or the only name; the order of names is not written. */
function endpointAmong(hosts: ReadonlyArray<string>, name: string, namespace: string): string | undefined {
  const inCluster = `${name}.${namespace}.svc`;
  return hosts.find((host) => host.startsWith(`${inCluster}.`)) ?? hosts.find((host) => host === inCluster) ?? (hosts.length === 1 ? hosts[0] : undefined);
}

function clientCertificates(graph: IssuanceGraph, namespace: string, name: string): CertificateNode[] {
  return graph.certificates.filter(({ at, isCa, spec }) => {
    const usages = texts(spec['usages']);
    return at.namespace === namespace && labelOf(at) === name && !isCa && usages.includes('client auth') && !usages.includes('server auth');
  });
}

function clientIssuersOf(graph: IssuanceGraph, namespace: string, name: string, certificates: ReadonlyArray<CertificateNode>): WrittenIssuer[] {
  const ownCa = ['Issuer', 'ClusterIssuer'].flatMap((kind) => {
    const issuer = graph.findIssuer(kind, kind === 'Issuer' ? namespace : undefined, clientCaName(name));
    return issuer === undefined ? [] : [issuerAt(graph, { group: CERT_MANAGER_GROUP, kind, name: issuer.at.name }, namespace)];
  });
  // A database with a CA of its own may have an exporter with a certificate of another issuer.
  const named = ownCa.length > 0 ? ownCa : certificates.map(({ issuerRef }) => issuerAt(graph, issuerRef, namespace));
  return [...new Map(named.map((issuer) => [`${issuer.group}/${issuer.kind}/${issuer.name}`, issuer])).values()];
}

function issuerAt(graph: IssuanceGraph, { group, kind, name }: CertificateNode['issuerRef'], namespace: string): WrittenIssuer {
  const isNamespaced = kind === 'Issuer' && group === CERT_MANAGER_GROUP;
  const issuer = graph.findIssuer(kind, isNamespaced ? namespace : undefined, name);
  return { group, kind, name, ...(isNamespaced ? { namespace } : {}), providesCaCertificate: issuer?.providesCaCertificate ?? true };
}

function configOf(graph: IssuanceGraph, at: Manifest): Manifest | undefined {
  return graph.find('', 'ConfigMap', at.namespace, objectNames(labelOf(at)).config);
}
