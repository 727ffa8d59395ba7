import { groupBy, memoizeByObject } from '../../data';
import { areTogether, displayName, inNamespace } from '../../kubernetes';
import { type CertificateNode, type IssuanceGraph, issuerReference, rootCaOf, secretIdentity, type TrustNode, trustsOf } from '../../pki';
import { optionOf, possibleRows, standsForOthers } from '../../postgresql';
import { type PodContext, podsOf, type ServerView } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresPage } from '../engine/sources';

/** A role that no row names: a row for `all` accepts it. */
const ANY_ROLE = 'any role';

/** The servers that trust one CA for their clients. */
const trustsByCa = memoizeByObject((manifests: IssuanceGraph) => {
  const servers = podsOf(manifests).flatMap((pod) => pod.servers);
  return groupBy(servers.flatMap((server) => trustedCas(server, manifests).map((ca) => ({ ca, server }))), ({ ca }) => ca);
});

/** Any certificate with the role as its common name, whatever else its subject contains. */
const BY_NAME = 'its common name';

export const clientCaSharedByDatabases: Rule<PodContext> = {
  id: 'client-ca-shared-by-databases',
  code: 'PGTLS-E40',
  title: 'two databases accept the same role from one client CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('auth-cert.html', 'Certificate Authentication', 'the common name of a certificate of a trusted CA is the role, for every database that trusts the CA'),
  ],
  check: ({ servers, manifests }, report) => {
    for (const server of servers) {
      for (const earlier of earlierServers(server, manifests)) {
        const role = server.isOurs || earlier.isOurs ? sharedRole(earlier, server) : undefined;
        if (role === undefined) { continue; }
        report(server.caFile!.source.nameField, `clients of ${nameOf(earlier)} can log in here as ${role === ANY_ROLE ? 'any existing role' : `'${role}'`}: `
          + 'both databases trust one CA, and nothing in the client certificates distinguishes them');
        break;
      }
    }
  },
  fix: 'remove tls.clientCa, so that each database has its own client CA, or map the whole subject (AccessMethod.cert({ distinguishedName: true, map }))',
  fixInYaml: 'give each database a client CA of its own, or map the whole subject (clientname=DN and map in pg_hba.conf)',
};

/** The servers before this one that trust one of its CAs, and are applied together with it. */
function earlierServers(server: ServerView, manifests: IssuanceGraph): ReadonlyArray<ServerView> {
  return trustedCas(server, manifests).flatMap((ca) => {
    const group = trustsByCa(manifests).get(ca)!.map((trust) => trust.server);
    return group.slice(0, group.indexOf(server)).filter(({ pod }) => areTogether(pod.at, server.pod.at));
  });
}

/** The CAs in ssl_ca_file, each by an identity that is the same for every server; empty where the file is not visible. */
function trustedCas(server: ServerView, manifests: IssuanceGraph): ReadonlyArray<string> {
  const file = server.caFile;
  if (file === undefined) { return []; }
  const certificate = server.certificateOf(file);
  if (certificate !== undefined) { return [rootOf(certificate, manifests)]; }
  const { kind, name } = file.source;
  const namespace = server.pod.at.namespace;
  const trust = trustsOf(manifests).find(({ at, targetKinds }) => at.name === name && targetKinds.includes(kind) && (at.kind !== 'ConfigMap' || at.namespace === namespace));
  return trust ? spreadCas(trust) : [[kind, namespace ?? '', name].join('/')];
}

/** Two bundles may contain one CA: by its Secret, by the annotation of the bundle, or by its PEM text. */
function spreadCas({ trustedCas, references, inline }: TrustNode): ReadonlyArray<string> {
  const texts = inline.flatMap(({ pem }) => [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)/g)].map(([, body]) => body!.replace(/\s/g, '')));
  return [...new Set([...trustedCas, ...texts, ...references.filter(({ kind }) => kind === 'ConfigMap').map(({ name, key }) => ['trust', 'ConfigMap', name, key].join('/'))])];
}

/** The root above a certificate, or the issuer of the highest one that the app declares. */
function rootOf(certificate: CertificateNode, manifests: IssuanceGraph): string {
  return certificate.signsItself ? secretIdentity(certificate.at.namespace, certificate.secretName) : rootCaOf(manifests, issuerReference(certificate));
}

/** A role that both databases give to one certificate. */
function sharedRole(one: ServerView, other: ServerView): string | undefined {
  const words = [...namesIn(one), ...namesIn(other)];
  const databases = ['postgres', 'replication', ...new Set(words.flatMap(({ databases: names }) => names))];
  return [ANY_ROLE, ...new Set(words.flatMap(({ users }) => users))].find((user) => {
    const [here, there] = [subjectsOf(one, user, [...databases, user]), subjectsOf(other, user, [...databases, user])];
    return here.length > 0 && there.length > 0 && (here.includes(BY_NAME) || there.includes(BY_NAME) || here.some((subject) => there.includes(subject)));
  });
}

function namesIn({ hba }: ServerView): ReadonlyArray<{ readonly users: ReadonlyArray<string>; readonly databases: ReadonlyArray<string> }> {
  const names = (words: ReadonlyArray<string>) => words.filter((word) => !/^(["+/]|(all|replication|sameuser|samerole)$)/.test(word));
  return (hba?.rows ?? []).map(({ users, databases }) => ({ users: names(users), databases: names(databases) }));
}

/** Which certificates log in as a role: by common name, or the subjects that a user map assigns to it. */
function subjectsOf({ hba, userMaps }: ServerView, user: string, databases: ReadonlyArray<string>): string[] {
  const rows = hba === undefined ? [] : databases.flatMap((database) => possibleRows(hba.rows, { channel: 'tls', user, database }).filter(({ method }) => method === 'cert'));
  return rows.flatMap((row) => (optionOf(row, 'clientname') !== 'DN' ? [BY_NAME]
    : (userMaps ?? []).filter(({ map, databaseUser: role }) => map === optionOf(row, 'map') && (role === user || user === ANY_ROLE || standsForOthers(role))).map(({ systemUser }) => systemUser)));
}

function nameOf({ pod }: ServerView): string {
  return `${displayName(pod.at)}${inNamespace(pod.at.namespace)}`;
}
