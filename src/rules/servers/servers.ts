import { ACCESS_RULES } from './server-access';
import { PROCESS_RULES } from './server-processes';
import { ClientView, isLoopback, PodFile, podsOf, PodSubject, selfSignedTrust, ServerView, told } from '../../workloads';
import { CertificateView, issuerIdentity, issuerReference, producesKey } from '../../pki';
import { Channel, decidingRow, libpqMatchesHost, optionOf, possibleRows, takesChannel } from '../../postgresql';
import { called } from '../../kubernetes';
import { Basis, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';
import { Severity } from '../engine/finding';

/** PostgreSQL keeps this many bytes of a role's name. */
const ROLE_BYTES = 63;

/** What is proven about pods that run PostgreSQL or connect to it, whoever made them. */
export const SERVER_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-B10',
    title: 'a client that verifies a host which the server certificate does not carry',
    basis: Basis.PEER,
    source: 'libpq, sslmode=verify-full: PostgreSQL src/interfaces/libpq/fe-secure-common.c',
    broken: ({ reached }) =>
      reached.filter(({ client }) => client.sslMode === 'verify-full').flatMap(({ client, host, server }) => {
        const { certificate } = server;
        return when(certificate !== undefined && !libpqMatchesHost(host, certificate),
          () => `${told(client)} connects to '${host}', which the server's ${called(certificate!.at)} does not carry`);
      }),
    remedy: 'add the host to dnsNames (ipAddresses for an address), or connect by a name that it carries',
  },
  {
    code: 'PGTLS-E43',
    severity: Severity.WARNING,
    title: 'a client that trusts the ca.crt beside one server certificate and verifies a host which that does not carry',
    basis: Basis.PEER,
    source: 'libpq, sslmode=verify-full: PostgreSQL src/interfaces/libpq/fe-secure-common.c',
    // Where the manifests tell which server the host leads to, that is known for certain (PGTLS-B10).
    broken: ({ clients, reached, workloads, inventory }) => clients.filter(({ sslMode }) => sslMode === 'verify-full').flatMap((client) => {
      const trusted = client.authorityFile && client.certificateOf(client.authorityFile);
      if (trusted === undefined || trusted.isCa || !workloads.isServerCertificate(trusted)) { return []; }
      // Whoever trusts an issuer takes all that it signs: a pooler in front of the server, perhaps.
      const issuer = issuerIdentity(issuerReference(trusted));
      const verified = inventory.certificates.filter((other) => issuerIdentity(issuerReference(other)) === issuer);
      return client.hosts.filter((host) => !verified.some((other) => libpqMatchesHost(host, other)) && !reached.some((way) => way.client === client && way.host === host))
        .map((host) => `${told(client)} connects to '${host}' and trusts Secret '${trusted.secretName}' of a server, whose ${called(trusted.at)} does not carry that host`);
    }),
    remedy: 'add the host to dnsNames of the Certificate (tls.serverNames of a Postgres), or acknowledge the warning where another server of the same CA is meant',
  },
  {
    code: 'PGTLS-B11',
    title: 'a client certificate that is not for the role',
    basis: Basis.PEER,
    source: 'PostgreSQL, Certificate Authentication: the common name is the role, or a user map leads to it',
    broken: ({ reached }) => reached.filter(({ client }) => client.insistsOnTls).flatMap(({ client, place, server }) => identityFaults(client, place, server)),
    remedy: 'set commonName to the role, of at most 63 bytes, or map it in pg_ident.conf',
  },
  {
    code: 'PGTLS-T17',
    title: 'a client that pg_hba.conf of its server does not let in',
    basis: Basis.PEER,
    source: 'PostgreSQL, The pg_hba.conf File: the first row that matches decides, and where none does the connection is refused; libpq, sslmode',
    broken: ({ reached }) => reached.flatMap(({ client, host, place, server }) => refusalOf(client, host, place, server)),
    remedy: 'add a row for its role, database and network (accessRules of a Postgres; superuserAccess for the superuser), or give the client an sslmode that the rows take',
  },
  {
    code: 'PGTLS-C07',
    title: 'a server certificate signed with Ed25519 where passwords are used',
    basis: Basis.PEER,
    source: 'libpq and server: channel binding has no digest for Ed25519 signatures ("could not find digest for NID UNDEF")',
    broken: ({ servers }) => servers.flatMap((server) => {
      const { certificate } = server;
      const signer = certificate?.issuer?.type === 'selfSigned' ? certificate : certificate?.authority;
      if (signer?.keyAlgorithm !== 'Ed25519') { return []; }
      const row = server.hba?.rows.find((candidate) => takesChannel(candidate, 'tls')
        && (candidate.method === 'scram-sha-256' || (candidate.method === 'md5' && server.setting('password_encryption') !== 'md5')));
      return when(row !== undefined,
        () => `${called(certificate!.at)} is signed with the Ed25519 key of ${called(signer.at)}, and '${row!.text}' takes passwords, which libpq binds to the channel`);
    }),
    remedy: 'give the authority an ECDSA or RSA key; the server itself may have an Ed25519 one',
  },
  {
    code: 'PGTLS-E11',
    title: 'trust in an authority that gives no ca.crt',
    basis: Basis.STALLS,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go; PostgreSQL and libpq end with "could not load root certificate file"',
    broken: ({ servers, clients }) => {
      // A key that `items` names has a rule of its own (PGTLS-C06).
      const isMissing = (party: ServerView | ClientView, file: PodFile | undefined): file is PodFile => {
        const certificate = file && party.certificateOf(file);
        return certificate !== undefined && file!.source.items === undefined && producesKey(certificate, file!.key) === false;
      };
      return [
        ...servers.filter((server) => isMissing(server, server.authorityFile))
          .map(({ container, authorityFile }) => `the server in container '${container.name}' has ssl_ca_file at ${authorityFile!.key} of Secret '${authorityFile!.source.name}', which its issuer does not give`),
        ...clients.filter((client) => client.verifies && isMissing(client, client.authorityFile))
          .map((client) => `${told(client)} takes its authority from ${client.authorityFile!.key} of Secret '${client.authorityFile!.source.name}', which its issuer does not give`),
      ];
    },
    remedy: 'take the authority from elsewhere: a ConfigMap, a Bundle, sslrootcert=system for a public one',
  },
  {
    code: 'PGTLS-E15',
    title: 'a self-signed certificate where several have to trust each other',
    basis: Basis.PEER,
    source: 'its ca.crt is the certificate itself: nobody else can be verified with it',
    broken: (subject) => selfSignedTrust(subject).map(({ fault }) => fault),
    remedy: 'have one authority sign them all',
  },
  {
    code: 'PGTLS-E17',
    title: 'a certificate in use without the usage for it',
    basis: Basis.PEER,
    source: 'RFC 5280, 4.2.1.12; OpenSSL: unsupported certificate purpose',
    broken: ({ servers, clients }) => [
      ...servers.filter(({ certificate }) => lacks(certificate, 'server auth'))
        .map(({ certificate, container }) => `the server in container '${container.name}' shows ${called(certificate!.at)}, which has ${listed(certificate!)} and not 'server auth'`),
      ...clients.filter(({ certificate }) => lacks(certificate, 'client auth'))
        .map((client) => `${told(client)} shows ${called(client.certificate!.at)}, which has ${listed(client.certificate!)} and not 'client auth'`),
    ],
    remedy: 'add the usage, or leave every extended one out',
  },
  ...ACCESS_RULES,
  ...PROCESS_RULES,
] satisfies Rule<PodSubject>[]);

/** A list that holds nothing but `any` has a rule of its own. */
function lacks(certificate: CertificateView | undefined, usage: string): boolean {
  const usages = certificate?.extendedKeyUsages ?? [];
  return usages.some((other) => other !== 'any') && !usages.includes(usage);
}

function listed({ extendedKeyUsages }: CertificateView): string {
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
  return [`${told(client)} connects to '${host}'${who}, and ${rejecting ? `the row '${rejecting.text}' of the server rejects it` : 'no row of the server takes it'}`];
}

function identityFaults(client: ClientView, place: string, server: ServerView): string[] {
  const { user, database, certificate } = client;
  const row = user === undefined || database === undefined || !server.hba?.isComplete ? undefined
    : decidingRow(server.hba.rows, { channel: 'tls', user, database, address: loopbackOf(place) });
  if (row === undefined || (row.method !== 'cert' && optionOf(row, 'clientcert') !== 'verify-full')) { return []; }
  const bytes = Buffer.byteLength(user!);
  if (bytes > ROLE_BYTES) { return [`${told(client)} logs in as '${user}' with a certificate; the name has ${bytes} bytes, of which PostgreSQL keeps ${ROLE_BYTES}`]; }
  if (certificate === undefined || optionOf(row, 'clientname') === 'DN') { return []; }
  const map = optionOf(row, 'map');
  const fault = () => `${told(client)} logs in as '${user}' with ${called(certificate.at)} for '${certificate.commonName}'`;
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
