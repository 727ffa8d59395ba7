import { ACCESS_RULES } from './server-access';
import { PROCESS_RULES } from './server-processes';
import { displayName } from '../../kubernetes';
import { CertificateNode, issuerIdentity, issuerReference, producesKey } from '../../pki';
import { Channel, decidingRow, libpqMatchesHost, optionOf, possibleRows, takesChannel } from '../../postgresql';
import { ClientView, describeClient, isLoopback, PodContext, PodFile, podsOf, selfSignedTrust, ServerView } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** PostgreSQL keeps this many bytes of a role's name. */
const ROLE_BYTES = 63;

/** What is proven about pods that run PostgreSQL or connect to it, whoever made them. */
export const SERVER_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-B10',
    title: 'a client that verifies a host which the server certificate does not carry',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full: PostgreSQL src/interfaces/libpq/fe-secure-common.c',
    check: ({ connections: reached }) =>
      reached.filter(({ client }) => client.sslMode === 'verify-full').flatMap(({ client, host, server }) => {
        const { certificate } = server;
        return when(certificate !== undefined && !libpqMatchesHost(host, certificate),
          () => `${describeClient(client)} connects to '${host}', which the server's ${displayName(certificate!.at)} does not carry`);
      }),
    fix: 'add the host to dnsNames (ipAddresses for an address), or connect by a name that it carries',
  },
  {
    code: 'PGTLS-E43',
    severity: Severity.WARNING,
    title: 'a client that trusts the ca.crt beside one server certificate and verifies a host which that does not carry',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full: PostgreSQL src/interfaces/libpq/fe-secure-common.c',
    // Where the manifests tell which server the host leads to, that is known for certain (PGTLS-B10).
    check: ({ clients, connections: reached, workloads, manifests }) => clients.filter(({ sslMode }) => sslMode === 'verify-full').flatMap((client) => {
      const trusted = client.caFile && client.certificateOf(client.caFile);
      if (trusted === undefined || trusted.isCa || !workloads.isServerCertificate(trusted)) { return []; }
      // Whoever trusts an issuer takes all that it signs: a pooler in front of the server, perhaps.
      const issuer = issuerIdentity(issuerReference(trusted));
      const verified = manifests.certificates.filter((other) => issuerIdentity(issuerReference(other)) === issuer);
      return client.hosts.filter((host) => !verified.some((other) => libpqMatchesHost(host, other)) && !reached.some((way) => way.client === client && way.host === host))
        .map((host) => `${describeClient(client)} connects to '${host}' and trusts Secret '${trusted.secretName}' of a server, whose ${displayName(trusted.at)} does not carry that host`);
    }),
    fix: 'add the host to dnsNames of the Certificate (tls.serverNames of a Postgres), or acknowledge the warning where another server of the same CA is meant',
  },
  {
    code: 'PGTLS-B11',
    title: 'a client certificate that is not for the role',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Certificate Authentication: the common name is the role, or a user map leads to it',
    check: ({ connections: reached }) => reached.filter(({ client }) => client.insistsOnTls).flatMap(({ client, place, server }) => identityFaults(client, place, server)),
    fix: 'set commonName to the role, of at most 63 bytes, or map it in pg_ident.conf',
  },
  {
    code: 'PGTLS-T17',
    title: 'a client that pg_hba.conf of its server does not let in',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File: the first row that matches decides, and where none does the connection is refused; libpq, sslmode',
    check: ({ connections: reached }) => reached.flatMap(({ client, host, place, server }) => refusalOf(client, host, place, server)),
    fix: 'add a row for its role, database and network (accessRules of a Postgres; superuserAccess for the superuser), or give the client an sslmode that the rows take',
  },
  {
    code: 'PGTLS-C07',
    title: 'a server certificate signed with Ed25519 where passwords are used',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq and server: channel binding has no digest for Ed25519 signatures ("could not find digest for NID UNDEF")',
    check: ({ servers }) => servers.flatMap((server) => {
      const { certificate } = server;
      const signer = certificate?.issuer?.type === 'selfSigned' ? certificate : certificate?.issuingCa;
      if (signer?.keyAlgorithm !== 'Ed25519') { return []; }
      const row = server.hba?.rows.find((candidate) => takesChannel(candidate, 'tls')
        && (candidate.method === 'scram-sha-256' || (candidate.method === 'md5' && server.setting('password_encryption') !== 'md5')));
      return when(row !== undefined,
        () => `${displayName(certificate!.at)} is signed with the Ed25519 key of ${displayName(signer.at)}, and '${row!.text}' takes passwords, which libpq binds to the channel`);
    }),
    fix: 'give the authority an ECDSA or RSA key; the server itself may have an Ed25519 one',
  },
  {
    code: 'PGTLS-E11',
    title: 'trust in an authority that gives no ca.crt',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go; PostgreSQL and libpq end with "could not load root certificate file"',
    check: ({ servers, clients }) => {
      // A key that `items` names has a rule of its own (PGTLS-C06).
      const isMissing = (party: ServerView | ClientView, file: PodFile | undefined): file is PodFile => {
        const certificate = file && party.certificateOf(file);
        return certificate !== undefined && file!.source.items === undefined && producesKey(certificate, file!.key) === false;
      };
      return [
        ...servers.filter((server) => isMissing(server, server.caFile))
          .map(({ container, caFile: authorityFile }) => `the server in container '${container.name}' has ssl_ca_file at ${authorityFile!.key} of Secret '${authorityFile!.source.name}', which its issuer does not give`),
        ...clients.filter((client) => client.verifies && isMissing(client, client.caFile))
          .map((client) => `${describeClient(client)} takes its authority from ${client.caFile!.key} of Secret '${client.caFile!.source.name}', which its issuer does not give`),
      ];
    },
    fix: 'take the authority from elsewhere: a ConfigMap, a Bundle, sslrootcert=system for a public one',
  },
  {
    code: 'PGTLS-E15',
    title: 'a self-signed certificate where several have to trust each other',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'its ca.crt is the certificate itself: nobody else can be verified with it',
    check: (context) => selfSignedTrust(context).map(({ fault }) => fault),
    fix: 'have one authority sign them all',
  },
  {
    code: 'PGTLS-E17',
    title: 'a certificate in use without the usage for it',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.2.1.12; OpenSSL: unsupported certificate purpose',
    check: ({ servers, clients }) => [
      ...servers.filter(({ certificate }) => lacks(certificate, 'server auth'))
        .map(({ certificate, container }) => `the server in container '${container.name}' shows ${displayName(certificate!.at)}, which has ${listed(certificate!)} and not 'server auth'`),
      ...clients.filter(({ certificate }) => lacks(certificate, 'client auth'))
        .map((client) => `${describeClient(client)} shows ${displayName(client.certificate!.at)}, which has ${listed(client.certificate!)} and not 'client auth'`),
    ],
    fix: 'add the usage, or leave every extended one out',
  },
  ...ACCESS_RULES,
  ...PROCESS_RULES,
] satisfies Rule<PodContext>[]);

/** A list that holds nothing but `any` has a rule of its own. */
function lacks(certificate: CertificateNode | undefined, usage: string): boolean {
  const usages = certificate?.extendedKeyUsages ?? [];
  return usages.some((other) => other !== 'any') && !usages.includes(usage);
}

function listed({ extendedKeyUsages }: CertificateNode): string {
  return extendedKeyUsages.map((usage) => `'${usage}'`).join(', ');
}

/** The ways of each sslmode, whichever of them the server takes. */
const CHANNELS: Readonly<Record<string, ReadonlyArray<Channel>>> = { disable: ['plaintext'], allow: ['plaintext', 'tls'], prefer: ['tls', 'plaintext'] };

function refusalOf(client: ClientView, host: string, place: string, { hba, tls }: ServerView): string[] {
  if (!hba?.isComplete) { return []; }
  const login = { user: client.user, database: client.database, address: loopbackOf(place) };
  const channels = (CHANNELS[client.sslMode] ?? ['tls']).filter((channel) => channel !== 'tls' || tls !== false);
  const ways = channels.map((channel) => possibleRows(hba.rows, { ...login, channel }));
  if (channels.length === 0 || ways.some((rows) => rows.some(({ method }) => method !== 'reject'))) { return []; }
  const rejecting = ways.map((rows) => rows.at(-1)).find((row) => row !== undefined);
  const who = `${client.user === undefined ? '' : ` as '${client.user}'`}${client.sslMode === 'disable' ? ' without TLS' : ''}`;
  return [`${describeClient(client)} connects to '${host}'${who}, and ${rejecting ? `the row '${rejecting.text}' of the server rejects it` : 'no row of the server takes it'}`];
}

function identityFaults(client: ClientView, place: string, server: ServerView): string[] {
  const { user, database, certificate } = client;
  const row = user === undefined || database === undefined || !server.hba?.isComplete ? undefined
    : decidingRow(server.hba.rows, { channel: 'tls', user, database, address: loopbackOf(place) });
  if (row === undefined || (row.method !== 'cert' && optionOf(row, 'clientcert') !== 'verify-full')) { return []; }
  const bytes = Buffer.byteLength(user!);
  if (bytes > ROLE_BYTES) { return [`${describeClient(client)} logs in as '${user}' with a certificate; the name has ${bytes} bytes, of which PostgreSQL keeps ${ROLE_BYTES}`]; }
  if (certificate === undefined || optionOf(row, 'clientname') === 'DN') { return []; }
  const map = optionOf(row, 'map');
  const fault = () => `${describeClient(client)} logs in as '${user}' with ${displayName(certificate.at)} for '${certificate.commonName}'`;
  if (map === undefined) { return when(certificate.commonName !== user, fault); }
  const rows = server.userMaps?.filter((candidate) => candidate.map === map);
  return when(rows !== undefined && !rows.some(({ systemUser, databaseUser }) => maps(systemUser, certificate.commonName) && maps(databaseUser, user!)), () => `${fault()}, which the map '${map}' does not allow`);
}

/** Expressions, groups and `all` are taken for a match: what they mean is not for here. */
function maps(word: string, wanted: string): boolean {
  return word === wanted || /^[+/]|^all$|\\1/.test(word);
}

function loopbackOf(host: string): string | undefined {
  if (!isLoopback(host)) { return undefined; }
  return host === '::1' ? '::1' : '127.0.0.1';
}
