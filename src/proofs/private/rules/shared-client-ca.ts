import { recordOf } from '../pods/hba-file';
import { podsOf, PodSubject } from '../pods/pod-subject';
import type { ServerView } from '../pods/server-view';
import { CertificateView } from '../certificate-view';
import { Inventory } from '../inventory';
import { called, inNamespace } from '../judged';
import { oncePer } from '../once-per';
import { Basis, Rule } from '../rule';
import { ruleTable } from '../rule-table';

/** A role that no row names: what a row for `all` takes. */
const ANY_ROLE = 'any role';

/** What is proven about databases that trust one CA for their clients. */
export const SHARED_CLIENT_CA_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-E40',
    title: 'two databases that take the same role from one CA',
    basis: Basis.PEER,
    source: 'PostgreSQL, Certificate Authentication: the common name of a certificate of a trusted CA is the role, whichever database it was issued for',
    broken: ({ servers, inventory }) => servers.flatMap((server) => {
      const first = firstByCa(inventory).get(trustedCa(server, inventory) ?? '');
      const role = first === undefined || first === server || !(server.isOurs || first.isOurs) ? undefined : sharedRole(first, server);
      return role === undefined ? [] : [`clients of ${nameOf(first!)} log in here as ${role === ANY_ROLE ? 'any role that exists' : `'${role}'`}: both trust one CA and look at the common name alone`];
    }),
    remedy: 'leave tls.clientCa out, so that each has a CA of its own, or map the whole subject (AccessMethod.cert({ distinguishedName: true, map }))',
  },
] satisfies Rule<PodSubject>[]);

/** The first server of each CA that signs for its clients. */
const firstByCa = oncePer((inventory: Inventory): ReadonlyMap<string, ServerView> => {
  const first = new Map<string, ServerView>();
  for (const server of podsOf(inventory).flatMap(({ servers }) => servers)) {
    const ca = trustedCa(server, inventory);
    if (ca !== undefined && !first.has(ca)) { first.set(ca, server); }
  }
  return first;
});

/** What ssl_ca_file holds, by an identity that is the same for every server that trusts it; undefined where that cannot be seen. */
function trustedCa(server: ServerView, inventory: Inventory): string | undefined {
  const file = server.authorityFile;
  if (file === undefined) { return undefined; }
  const certificate = server.certificateOf(file);
  if (certificate !== undefined) { return rootOf(certificate); }
  const { kind, name } = file.source;
  return isSpread(inventory, name) ? `Bundle/${name}` : [kind, server.pod.at.namespace, name, file.key].join('/');
}

/** The root above a certificate, or the issuer of the highest one that the app declares. */
function rootOf(certificate: CertificateView): string {
  let top = certificate;
  for (const seen = new Set([top]); top.authority !== undefined && !seen.has(top.authority); seen.add(top)) { top = top.authority; }
  if (top.signsItself) { return `Certificate/${top.at.namespace ?? ''}/${top.at.name}`; }
  const { kind, group, name } = top.issuerRef;
  return [group, kind, kind === 'Issuer' ? top.at.namespace : '', name].join('/');
}

function isSpread(inventory: Inventory, name: string): boolean {
  return ['Bundle', 'ClusterBundle'].some((kind) => inventory.find('trust.cert-manager.io', kind, undefined, name) !== undefined);
}

/** A role that both give to whoever shows a certificate with its common name. */
function sharedRole(one: ServerView, other: ServerView): string | undefined {
  const words = [...namesIn(one), ...namesIn(other)];
  const databases = new Set(['postgres', ...words.flatMap(({ databases: names }) => names)]);
  return [ANY_ROLE, ...new Set(words.flatMap(({ users }) => users))].find((user) =>
    [...databases].some((database) => takesByName(one, user, database)) && [...databases].some((database) => takesByName(other, user, database)));
}

function namesIn({ hba }: ServerView): ReadonlyArray<{ readonly users: ReadonlyArray<string>; readonly databases: ReadonlyArray<string> }> {
  const names = (words: ReadonlyArray<string>) => words.filter((word) => !/^(["+/]|(all|replication|sameuser|samerole)$)/.test(word));
  return (hba?.records ?? []).map(({ users, databases }) => ({ users: names(users), databases: names(databases) }));
}

function takesByName({ hba }: ServerView, user: string, database: string): boolean {
  const record = hba && recordOf(hba, { user, database });
  return record?.method === 'cert' && record.options.get('clientname') !== 'DN';
}

function nameOf({ pod }: ServerView): string {
  return `${called(pod.at)}${inNamespace(pod.at.namespace)}`;
}
