import { groupBy, memoizeByObject } from '../../data';
import { displayName, inNamespace } from '../../kubernetes';
import { CertificateNode, IssuanceGraph, issuerReference, rootCaOf, secretIdentity, TrustNode, trustsOf } from '../../pki';
import { optionOf, possibleRows } from '../../postgresql';
import { PodContext, podsOf, ServerView } from '../../workloads';
import { Consequence, Rule } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** A role that no row names: what a row for `all` takes. */
const ANY_ROLE = 'any role';

/** What is proven about databases that trust one CA for their clients. */
export const SHARED_CLIENT_CA_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-E40',
    title: 'two databases that take the same role from one CA',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Certificate Authentication: the common name of a certificate of a trusted CA is the role, whichever database it was issued for',
    check: ({ servers, manifests }) => servers.flatMap((server) => {
      for (const earlier of earlierServers(server, manifests)) {
        const role = server.isOurs || earlier.isOurs ? sharedRole(earlier, server) : undefined;
        if (role !== undefined) {
          return [`clients of ${nameOf(earlier)} log in here as ${role === ANY_ROLE ? 'any role that exists' : `'${role}'`}: both trust one CA, and nothing in their certificates keeps them apart`];
        }
      }
      return [];
    }),
    fix: 'leave tls.clientCa out, so that each has a CA of its own, or map the whole subject (AccessMethod.cert({ distinguishedName: true, map }))',
  },
] satisfies Rule<PodContext>[]);

/** The servers before this one that trust a CA which it trusts too. */
function earlierServers(server: ServerView, manifests: IssuanceGraph): ReadonlyArray<ServerView> {
  return trustedCas(server, manifests).flatMap((ca) => {
    const group = trustsByCa(manifests).get(ca)!.map((trust) => trust.server);
    return group.slice(0, group.indexOf(server));
  });
}

/** The servers that trust one CA for their clients. */
const trustsByCa = memoizeByObject((manifests: IssuanceGraph) => {
  const servers = podsOf(manifests).flatMap((pod) => pod.servers);
  return groupBy(servers.flatMap((server) => trustedCas(server, manifests).map((ca) => ({ ca, server }))), ({ ca }) => ca);
});

/** What ssl_ca_file holds, each by an identity that is the same for every server that trusts it; none where that cannot be seen. */
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

/** Two bundles may hold one CA, by its Secret, by what the bundle says of its text, or by the text itself. */
function spreadCas({ trustedCas: authorities, references, inline }: TrustNode): ReadonlyArray<string> {
  const texts = inline.flatMap(({ pem }) => [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)/g)].map(([, body]) => body!.replace(/\s/g, '')));
  return [...new Set([...authorities, ...texts, ...references.filter(({ kind }) => kind === 'ConfigMap').map(({ name, key }) => ['trust', 'ConfigMap', name, key].join('/'))])];
}

/** The root above a certificate, or the issuer of the highest one that the app declares. */
function rootOf(certificate: CertificateNode, manifests: IssuanceGraph): string {
  return certificate.signsItself ? secretIdentity(certificate.at.namespace, certificate.secretName) : rootCaOf(manifests, issuerReference(certificate));
}

/** A role that both give to one certificate. */
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

/** Whoever has the role as common name, whatever else is in the subject. */
const BY_NAME = 'its common name';

/** Which certificates may be a role: by name, or the subjects that a map gives it. */
function subjectsOf({ hba, userMaps }: ServerView, user: string, databases: ReadonlyArray<string>): string[] {
  const rows = hba === undefined ? [] : databases.flatMap((database) => possibleRows(hba.rows, { channel: 'tls', user, database }).filter(({ method }) => method === 'cert'));
  return rows.flatMap((row) => (optionOf(row, 'clientname') !== 'DN' ? [BY_NAME]
    : (userMaps ?? []).filter(({ map, databaseUser: role }) => map === optionOf(row, 'map') && (role === user || user === ANY_ROLE || /^[+/]|^all$|\\1/.test(role))).map(({ systemUser }) => systemUser)));
}

function nameOf({ pod }: ServerView): string {
  return `${displayName(pod.at)}${inNamespace(pod.at.namespace)}`;
}
