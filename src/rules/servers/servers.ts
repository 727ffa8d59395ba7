import { ACCESS_RULES } from './server-access';
import { PROCESS_RULES } from './server-processes';
import { displayName } from '../../kubernetes';
import { CertificateNode, issuerIdentity, issuerReference, producesKey } from '../../pki';
import { Channel, decidingRow, libpqMatchesHost, optionOf, possibleRows, takesChannel } from '../../postgresql';
import { ClientView, describeClient, isLoopback, PodContext, PodFile, podsOf, selfSignedTrust, ServerView } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** PostgreSQL keeps this many bytes of a role's name. */
const ROLE_BYTES = 63;

/** Rules for pods that run PostgreSQL or connect to it, of this package and others. */
export const SERVER_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-B10',
    title: 'client verifies a host that is not in the server certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full: PostgreSQL src/interfaces/libpq/fe-secure-common.c',
    check: ({ connections }) =>
      connections.filter(({ client }) => client.sslMode === 'verify-full').flatMap(({ client, host, server }) => {
        const { certificate } = server;
        return when(certificate !== undefined && !libpqMatchesHost(host, certificate),
          () => `${describeClient(client)} connects to '${host}', which the server's ${displayName(certificate!.at)} does not contain`);
      }),
    fix: 'add the host to dnsNames (an IP address to ipAddresses), or connect with a name that the certificate contains',
  },
  {
    code: 'PGTLS-E43',
    severity: Severity.WARNING,
    title: 'client trusts ca.crt of a server certificate and verifies a host that is not in it',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full: PostgreSQL src/interfaces/libpq/fe-secure-common.c',
    // Where the manifests show which server the host leads to, PGTLS-B10 decides.
    check: ({ clients, connections, workloads, manifests }) => clients.filter(({ sslMode }) => sslMode === 'verify-full').flatMap((client) => {
      const trusted = client.caFile && client.certificateOf(client.caFile);
      if (trusted === undefined || trusted.isCa || !workloads.isServerCertificate(trusted)) { return []; }
      // A client that trusts an issuer accepts every certificate of it, for example of a pooler in front of the server.
      const issuer = issuerIdentity(issuerReference(trusted));
      const verified = manifests.certificates.filter((other) => issuerIdentity(issuerReference(other)) === issuer);
      return client.hosts.filter((host) => !verified.some((other) => libpqMatchesHost(host, other)) && !connections.some((way) => way.client === client && way.host === host))
        .map((host) => `${describeClient(client)} connects to '${host}' and trusts ca.crt in Secret '${trusted.secretName}' of a server, but the ${displayName(trusted.at)} does not contain that host`);
    }),
    fix: 'add the host to dnsNames of the Certificate (tls.serverNames of a Postgres), or acknowledge the warning if the client connects to another server of the same CA',
  },
  {
    code: 'PGTLS-B11',
    title: 'common name of the client certificate does not match the role',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Certificate Authentication: the common name is the role, or a user map leads to it',
    check: ({ connections }) => connections.filter(({ client }) => client.insistsOnTls).flatMap(({ client, place, server }) => identityFaults(client, place, server)),
    fix: 'set commonName to the name of the role (at most 63 bytes), or map it to the role in pg_ident.conf',
  },
  {
    code: 'PGTLS-T17',
    title: 'client rejected by pg_hba.conf of its server',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File: the first row that matches decides, and without a match the connection is rejected; libpq, sslmode',
    check: ({ connections }) => connections.flatMap(({ client, host, place, server }) => refusalOf(client, host, place, server)),
    fix: 'add a pg_hba.conf row for its role, database and network (accessRules of a Postgres; superuserAccess for the superuser), or use an sslmode that the rows accept',
  },
  {
    code: 'PGTLS-C07',
    title: 'server certificate signed with Ed25519 where passwords are used',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq and server: channel binding has no digest for Ed25519 signatures ("could not find digest for NID UNDEF")',
    check: ({ servers }) => servers.flatMap((server) => {
      const { certificate } = server;
      const signer = certificate?.issuer?.type === 'selfSigned' ? certificate : certificate?.issuingCa;
      if (signer?.keyAlgorithm !== 'Ed25519') { return []; }
      const row = server.hba?.rows.find((candidate) => takesChannel(candidate, 'tls')
        && (candidate.method === 'scram-sha-256' || (candidate.method === 'md5' && server.setting('password_encryption') !== 'md5')));
      return when(row !== undefined,
        () => `${displayName(certificate!.at)} is signed with the Ed25519 key of ${displayName(signer.at)}, but the row '${row!.text}' uses passwords, which libpq binds to the TLS channel`);
    }),
    fix: 'use an ECDSA or RSA key for the CA; the server certificate itself may have an Ed25519 key',
  },
  {
    code: 'PGTLS-E11',
    title: 'trusted ca.crt is not provided by the issuer',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go; PostgreSQL and libpq end with "could not load root certificate file"',
    check: ({ servers, clients }) => {
      // PGTLS-C06 checks keys that `items` names.
      const isMissing = (party: ServerView | ClientView, file: PodFile | undefined): file is PodFile => {
        const certificate = file && party.certificateOf(file);
        return certificate !== undefined && file!.source.items === undefined && producesKey(certificate, file!.key) === false;
      };
      return [
        ...servers.filter((server) => isMissing(server, server.caFile))
          .map(({ container, caFile }) => `the server in container '${container.name}' reads ssl_ca_file from ${caFile!.key} of Secret '${caFile!.source.name}', which its issuer does not provide`),
        ...clients.filter((client) => client.verifies && isMissing(client, client.caFile))
          .map((client) => `${describeClient(client)} reads sslrootcert from ${client.caFile!.key} of Secret '${client.caFile!.source.name}', which its issuer does not provide`),
      ];
    },
    fix: 'take the CA certificate from another source: a ConfigMap, a Bundle, or sslrootcert=system for a public CA',
  },
  {
    code: 'PGTLS-E15',
    title: 'self-signed certificate where peers need a common CA',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager, SelfSigned: ca.crt is the certificate itself, and verifies no other certificate',
    check: (context) => selfSignedTrust(context).map(({ fault }) => fault),
    fix: 'issue all of these certificates from one CA',
  },
  {
    code: 'PGTLS-E17',
    title: "certificate in use lacks the extended key usage 'server auth' or 'client auth'",
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.2.1.12; OpenSSL: unsupported certificate purpose',
    check: ({ servers, clients }) => [
      ...servers.filter(({ certificate }) => lacks(certificate, 'server auth'))
        .map(({ certificate, container }) => `the server in container '${container.name}' presents ${displayName(certificate!.at)}, which has the extended key usages ${listed(certificate!)} but not 'server auth'`),
      ...clients.filter(({ certificate }) => lacks(certificate, 'client auth'))
        .map((client) => `${describeClient(client)} presents ${displayName(client.certificate!.at)}, which has the extended key usages ${listed(client.certificate!)} but not 'client auth'`),
    ],
    fix: 'add the usage, or remove all extended key usages',
  },
  ...ACCESS_RULES,
  ...PROCESS_RULES,
] satisfies Rule<PodContext>[]);

/** Another rule checks a list with `any` only. */
function lacks(certificate: CertificateNode | undefined, usage: string): boolean {
  const usages = certificate?.extendedKeyUsages ?? [];
  return usages.some((other) => other !== 'any') && !usages.includes(usage);
}

function listed({ extendedKeyUsages }: CertificateNode): string {
  return extendedKeyUsages.map((usage) => `'${usage}'`).join(', ');
}

/** The channels that each sslmode tries; libpq connects through the first that the server accepts. */
const CHANNELS: Readonly<Record<string, ReadonlyArray<Channel>>> = { disable: ['plaintext'], allow: ['plaintext', 'tls'], prefer: ['tls', 'plaintext'] };

function refusalOf(client: ClientView, host: string, place: string, { hba, tls }: ServerView): string[] {
  if (!hba?.isComplete) { return []; }
  const login = { user: client.user, database: client.database, address: loopbackOf(place) };
  const channels = (CHANNELS[client.sslMode] ?? ['tls']).filter((channel) => channel !== 'tls' || tls !== false);
  const ways = channels.map((channel) => possibleRows(hba.rows, { ...login, channel }));
  if (channels.length === 0 || ways.some((rows) => rows.some(({ method }) => method !== 'reject'))) { return []; }
  const rejecting = ways.map((rows) => rows.at(-1)).find((row) => row !== undefined);
  const who = `${client.user === undefined ? '' : ` as '${client.user}'`}${client.sslMode === 'disable' ? ' without TLS' : ''}`;
  return [`${describeClient(client)} connects to '${host}'${who}, but ${rejecting ? `the pg_hba.conf row '${rejecting.text}' of the server rejects the connection` : 'no pg_hba.conf row of the server matches'}`];
}

function identityFaults(client: ClientView, place: string, server: ServerView): string[] {
  const { user, database, certificate } = client;
  const row = user === undefined || database === undefined || !server.hba?.isComplete ? undefined
    : decidingRow(server.hba.rows, { channel: 'tls', user, database, address: loopbackOf(place) });
  if (row === undefined || (row.method !== 'cert' && optionOf(row, 'clientcert') !== 'verify-full')) { return []; }
  const bytes = Buffer.byteLength(user!);
  if (bytes > ROLE_BYTES) { return [`${describeClient(client)} logs in as '${user}' with a certificate, but the role name has ${bytes} bytes and PostgreSQL keeps ${ROLE_BYTES}`]; }
  if (certificate === undefined || optionOf(row, 'clientname') === 'DN') { return []; }
  const map = optionOf(row, 'map');
  const fault = () => `${describeClient(client)} logs in as '${user}' with ${displayName(certificate.at)}, whose commonName is '${certificate.commonName}'`;
  if (map === undefined) { return when(certificate.commonName !== user, fault); }
  const rows = server.userMaps?.filter((candidate) => candidate.map === map);
  return when(rows !== undefined && !rows.some(({ systemUser, databaseUser }) => maps(systemUser, certificate.commonName) && maps(databaseUser, user!)), () => `${fault()}, which the user map '${map}' does not allow`);
}

/** Regular expressions, groups and `all` count as a match: they are not evaluated here. */
function maps(word: string, wanted: string): boolean {
  return word === wanted || /^[+/]|^all$|\\1/.test(word);
}

function loopbackOf(host: string): string | undefined {
  if (!isLoopback(host)) { return undefined; }
  return host === '::1' ? '::1' : '127.0.0.1';
}
