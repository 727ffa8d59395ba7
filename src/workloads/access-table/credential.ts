import { trustedRoots } from '../access/trusted-roots';
import type { ServerView } from '../server-view';
import { memoizeByObject } from '../../data';
import { areTogether, displayName } from '../../kubernetes';
import { type CertificateNode, type IssuanceGraph, lacksExtendedUsage, rootCertificateOf } from '../../pki';
import { asksForCertificate, type IdentRow, optionOf, type ParsedHbaRow, standsForOthers } from '../../postgresql';

/** With what a role logs in by a row of pg_hba.conf, and until when that is valid. */
export interface Credential {
  readonly how: string;
  /** Empty where it does not end by itself. */
  readonly until: string;
}

/** Why a row lets a role in with nothing, or why that is not known. */
export interface NoCredential {
  readonly isCertain: boolean;
  readonly reason: string;
}

const METHODS: Readonly<Record<string, string>> = {
  'trust': 'nothing: no authentication', 'scram-sha-256': 'password (SCRAM-SHA-256)', 'md5': 'password (MD5 or SCRAM-SHA-256)', 'password': 'password (in the clear)',
  'ldap': 'password (LDAP)', 'radius': 'password (RADIUS)', 'pam': 'PAM', 'bsd': 'password (BSD authentication)', 'gss': 'Kerberos (GSSAPI)', 'sspi': 'SSPI', 'oauth': 'OAuth token', 'ident': 'ident server',
};

/** What a role needs that a row admits. `role` is undefined for any role that nothing names. */
export function credentialFor(row: ParsedHbaRow, role: string | undefined, server: ServerView, manifests: IssuanceGraph): Credential | NoCredential {
  const verified = optionOf(row, 'clientcert');
  if (row.method === 'peer') { return peer(row, role, server); }
  if (asksForCertificate(row) && server.tls === true && server.isSettled && (server.setting('ssl_ca_file') ?? '') === '') {
    return { isCertain: true, reason: 'the server has no ssl_ca_file with which it could verify certificates' };
  }
  if (row.method === 'cert') { return certificate(row, role, server, manifests); }
  const password = METHODS[row.method] ?? row.method;
  if (verified === undefined) { return { how: password, until: '' }; }
  if (verified !== 'verify-full') { return { how: `${password}, and any certificate of ${trustOf(server, manifests).words}`, until: '' }; }
  const second = certificate(row, role, server, manifests);
  return 'reason' in second ? second : { how: `${password}, and ${second.how}`, until: second.until };
}

function peer(row: ParsedHbaRow, role: string | undefined, server: ServerView): Credential | NoCredential {
  const names = systemUsers(row, role, server);
  return isNames(names) ? { how: `operating-system user ${isOwn(names) ? 'with the name of the role' : listed(names)} (peer)`, until: '' } : names;
}

function certificate(row: ParsedHbaRow, role: string | undefined, server: ServerView, manifests: IssuanceGraph): Credential | NoCredential {
  const names = systemUsers(row, role, server);
  if (!isNames(names)) { return names; }
  const { words } = trustOf(server, manifests);
  if (optionOf(row, 'clientname') === 'DN') { return { how: `certificate with the subject ${isOwn(names) ? 'that is the role' : listed(names)}, of ${words}`, until: 'the end of the certificate' }; }
  const found = role === undefined ? [] : names.flatMap((name) => certificatesWith(name, server, manifests));
  return {
    how: `certificate with ${isOwn(names) ? 'the name of the role as CN' : `CN ${listed(names)}`}, of ${words}`,
    until: found.length === 0 ? 'the end of the certificate' : [...new Set(found.map(lifetimeText))].join(' or '),
  };
}

/** The names in certificates, or of operating-system users, that may log in as a role. */
function systemUsers(row: ParsedHbaRow, role: string | undefined, { userMaps }: ServerView): ReadonlyArray<string> | NoCredential {
  const map = optionOf(row, 'map');
  if (map === undefined) { return [role ?? OWN_NAME]; }
  if (userMaps === undefined) { return { isCertain: false, reason: `pg_ident.conf with the user map '${map}' is not visible` }; }
  const rows = userMaps.filter((candidate) => candidate.map === map);
  const named = rows.filter(({ databaseUser }) => databaseUser === role && role !== undefined);
  const open = rows.filter((candidate) => isOpen(candidate) && !named.includes(candidate));
  if (open.length > 0 || named.some(({ systemUser }) => systemUser.startsWith('/'))) {
    const [first] = open.length > 0 ? open : named.filter(({ systemUser }) => systemUser.startsWith('/'));
    return { isCertain: false, reason: `the user map '${map}' has the row '${first!.systemUser} ${first!.databaseUser}', whose names are not known` };
  }
  return named.length === 0 ? { isCertain: true, reason: `the user map '${map}' has no row for the role` } : [...new Set(named.map(({ systemUser }) => systemUser))];
}

function isNames(names: ReadonlyArray<string> | NoCredential): names is ReadonlyArray<string> {
  return Array.isArray(names);
}

/** Whether a row of a user map may be for roles that it does not name. Source: PostgreSQL, User Name Maps: `all`, groups and expressions from 16 on. */
function isOpen({ databaseUser }: IdentRow): boolean {
  return standsForOthers(databaseUser);
}

/** In place of the name of a role that nothing names. */
const OWN_NAME = '\0';

function isOwn(names: ReadonlyArray<string>): boolean {
  return names.includes(OWN_NAME);
}

function listed(names: ReadonlyArray<string>): string {
  return names.map((name) => `'${name}'`).join(' or ');
}

interface Trust {
  readonly words: string;
  readonly roots: ReadonlyArray<CertificateNode> | undefined;
}

/** The CAs with which a server verifies clients. */
function trustOf(server: ServerView, manifests: IssuanceGraph): Trust {
  const known = trusts(server);
  if (known.found === undefined) {
    const trusted = server.caFile && trustedRoots(server, manifests);
    const { caFile } = server;
    known.found = {
      roots: trusted?.roots,
      words: trusted !== undefined ? trusted.roots.map(({ at }) => `CA ${displayName(at)}`).join(' or ')
        : caFile === undefined ? 'the CAs in ssl_ca_file' : `the CAs in ${caFile.key} of ${caFile.source.kind} '${caFile.source.name}'`,
    };
  }
  return known.found;
}

const trusts = memoizeByObject((_: ServerView): { found?: Trust } => ({}));

/** Client certificates of the manifests with a common name that a server accepts. */
function certificatesWith(commonName: string, server: ServerView, manifests: IssuanceGraph): CertificateNode[] {
  const { roots } = trustOf(server, manifests);
  return roots === undefined ? [] : (byCommonName(manifests).get(commonName) ?? []).filter((candidate) => {
    const root = rootCertificateOf(candidate);
    return areTogether(candidate.at, server.pod.at) && root !== undefined && roots.includes(root);
  });
}

const byCommonName = memoizeByObject((manifests: IssuanceGraph): ReadonlyMap<string, CertificateNode[]> => {
  const found = new Map<string, CertificateNode[]>();
  for (const candidate of manifests.certificates) {
    if (!candidate.isCa && !lacksExtendedUsage(candidate, 'client auth')) { found.set(candidate.commonName, [...found.get(candidate.commonName) ?? [], candidate]); }
  }
  return found;
});

function lifetimeText({ lifetime, isRenewed }: CertificateNode): string {
  const hours = Math.round(lifetime / 3_600_000);
  const length = hours % 24 === 0 ? counted(hours / 24, 'day') : counted(hours, 'hour');
  return `${length} after its issue${isRenewed ? ', renewed' : ''}`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
