import { groupBy, memoizeByObject } from '../../data';
import { areTogether, displayName, inNamespace } from '../../kubernetes';
import { type CertificateNode, type IssuanceGraph, issuerReference, rootCaOf, secretIdentity, type TrustNode, trustsOf } from '../../pki';
import { type IdentRow, optionOf, possibleRows, standsForOthers } from '../../postgresql';
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

/** What is known of a certificate that logs in. */
interface LoginCertificate {
  readonly commonName?: string;
  /** Its whole subject, as PostgreSQL writes it. */
  readonly subject?: string;
}

export const clientCaSharedByDatabases: Rule<PodContext> = {
  id: 'client-ca-shared-by-databases',
  code: 'PGTLS-E40',
  title: 'two databases accept one client certificate',
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

/** A role of the second database that a certificate gets which also logs in at the first, as any role. */
function sharedRole(there: ServerView, here: ServerView): string | undefined {
  const words = [...namesIn(there), ...namesIn(here)];
  const databases = ['postgres', 'replication', ...new Set(words.flatMap(({ databases: names }) => names))];
  const roles = [ANY_ROLE, ...new Set(words.flatMap(({ users }) => users))];
  const known = roles.flatMap((role) => certificatesOf(there, role, [...databases, role]));
  return roles.find((role) => certificatesOf(here, role, [...databases, role]).some((one) => known.some((other) => canBeOne(one, other))));
}

function namesIn({ hba }: ServerView): ReadonlyArray<{ readonly users: ReadonlyArray<string>; readonly databases: ReadonlyArray<string> }> {
  const names = (words: ReadonlyArray<string>) => words.filter((word) => !/^(["+/]|(all|replication|sameuser|samerole)$)/.test(word));
  return (hba?.rows ?? []).map(({ users, databases }) => ({ users: names(users), databases: names(databases) }));
}

/** Which certificates log in as a role: with the role as common name, or those that a user map assigns to it. */
function certificatesOf({ hba, userMaps = [] }: ServerView, role: string, databases: ReadonlyArray<string>): LoginCertificate[] {
  const rows = hba === undefined ? [] : databases.flatMap((database) => possibleRows(hba.rows, { channel: 'tls', user: role, database }).filter(({ method }) => method === 'cert'));
  return rows.flatMap((row): LoginCertificate[] => {
    const part = optionOf(row, 'clientname') === 'DN' ? 'subject' : 'commonName';
    const map = optionOf(row, 'map');
    if (map === undefined) { return [role === ANY_ROLE ? {} : { [part]: role }]; }
    return userMaps.filter((entry) => entry.map === map && assigns(entry, role)).map(({ systemUser }) => (systemUser.startsWith('/') ? {} : { [part]: systemUser }));
  });
}

function assigns({ databaseUser }: IdentRow, role: string): boolean {
  return databaseUser === role || role === ANY_ROLE || standsForOthers(databaseUser);
}

/** Whether one certificate can be both. */
function canBeOne(one: LoginCertificate, other: LoginCertificate): boolean {
  if (one.subject !== undefined && other.subject !== undefined) { return one.subject === other.subject; }
  const [name, otherName] = [nameOfHolder(one), nameOfHolder(other)];
  return name === undefined || otherName === undefined || name === otherName;
}

function nameOfHolder({ commonName, subject }: LoginCertificate): string | undefined {
  return commonName ?? (subject === undefined ? undefined : commonNameIn(subject));
}

/** Empty where the subject has none. */
function commonNameIn(subject: string): string {
  return /(?:^|[,+])CN=((?:\\.|[^,+\\])*)/.exec(subject)?.[1]!.replace(/\\(.)/g, '$1') ?? '';
}

function nameOf({ pod }: ServerView): string {
  return `${displayName(pod.at)}${inNamespace(pod.at.namespace)}`;
}
