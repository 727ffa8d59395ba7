import { SUPERUSER } from './certificates';
import { ClientCertificateCheck } from '../access-rule';
import { ClientAuthMode, SslMode } from '../ssl-mode';
import type { SuperuserAccess } from '../superuser-access';
import { covers, HbaMethod, HbaRow } from '../../postgresql';

/** What of a database decides who gets in. */
export interface AccessInput {
  readonly sslMode: SslMode;
  readonly clientAuthMode: ClientAuthMode;
  readonly clientCertificate?: ClientCertificateCheck;
  /** Rows for what belongs to the pod. */
  readonly system?: ReadonlyArray<HbaRow>;
  /** Roles of the pod's own, which come in by those rows alone. */
  readonly systemRoles?: ReadonlyArray<string>;
  readonly superuser: SuperuserAccess;
  /** Rows of the user's own. */
  readonly rules: ReadonlyArray<HbaRow>;
}

const METHODS: Readonly<Record<ClientAuthMode, HbaMethod>> = {
  [ClientAuthMode.MD5]: 'md5',
  [ClientAuthMode.SCRAM]: 'scram-sha-256',
  [ClientAuthMode.CERT]: 'cert',
};

const EVERYONE = { databases: ['all'], users: ['all'], address: 'all' };

/** Who is at the socket as the server's own user may be `postgres`; nobody else has a name in the container. */
const SOCKET: HbaRow = { type: 'local', databases: ['all'], users: ['postgres'], method: 'peer', options: [] };

const REFUSES_PLAINTEXT: Readonly<Record<SslMode, boolean>> = {
  [SslMode.DISABLE]: false,
  [SslMode.ALLOW]: false,
  [SslMode.PREFER]: false,
  [SslMode.REQUIRE]: true,
  [SslMode.VERIFY_CA]: true,
  [SslMode.VERIFY_FULL]: true,
};

/** Whether the mode promises that nothing travels in plaintext. A mode that does not exist must not end in the weakest one. */
export function refusesPlaintext(mode: SslMode): boolean {
  const refuses = REFUSES_PLAINTEXT[mode];
  if (!Object.hasOwn(REFUSES_PLAINTEXT, mode)) { throw new Error(`sslMode '${mode}' does not exist; give one of ${Object.keys(REFUSES_PLAINTEXT).join(', ')}`); }
  return refuses;
}

/**
 * The rows of pg_hba.conf: the socket, the roles of the pod's own and the superuser, each ended by a reject, then the user's own, the
 * mode's. A row of the mode that a rule of the user's leaves nothing to decide is left out.
 */
export function accessRows(input: AccessInput): HbaRow[] {
  const { system = [], systemRoles = [], rules } = input;
  const first = [SOCKET, ...system, ...(systemRoles.length > 0 ? [rejected(systemRoles)] : []), ...superuserRows(input), rejected([SUPERUSER]), ...rules];
  return modeRows(input).reduce((rows, row) => (rows.some((earlier) => covers(earlier, row)) ? rows : [...rows, row]), first);
}

/** How the superuser comes in over the network. */
function superuserRows({ sslMode, clientAuthMode, clientCertificate, superuser }: AccessInput): HbaRow[] {
  const { addresses = ['all'], replication = false } = superuser._options;
  const who = { databases: replication ? ['all', 'replication'] : ['all'], users: [SUPERUSER] };
  if (superuser.by === 'certificate') { return addresses.map((address) => ({ type: 'hostssl', ...who, address, method: 'cert', options: [] })); }
  if (superuser.by !== 'password') { return []; }
  const tlsOnly = clientAuthMode === ClientAuthMode.CERT || refusesPlaintext(sslMode);
  const options = clientCertificate === undefined ? [] : [['clientcert', clientCertificate] as const];
  const method = clientAuthMode === ClientAuthMode.MD5 ? 'md5' : 'scram-sha-256';
  return addresses.map((address) => ({ type: tlsOnly ? 'hostssl' : 'host', ...who, address, method, options }));
}

/** An unknown mode would leave a row without a method, for which PostgreSQL refuses the whole file. */
function methodOf(mode: ClientAuthMode): HbaMethod {
  if (!Object.hasOwn(METHODS, mode)) { throw new Error(`clientAuthMode '${mode}' does not exist; give one of ${Object.keys(METHODS).join(', ')}`); }
  return METHODS[mode];
}

/** Roles that come in by no later row, whatever it says; `all` does not match replication. */
function rejected(users: ReadonlyArray<string>): HbaRow {
  return { type: 'host', databases: ['all', 'replication'], users, address: 'all', method: 'reject', options: [] };
}

/**
 * The rows of a mode.
 *
 * `cert` never gets a plaintext row beside it: a client with `sslmode=prefer` whose certificate is refused would fall back to
 * sending its password in the clear.
 */
function modeRows({ sslMode, clientAuthMode, clientCertificate }: AccessInput): HbaRow[] {
  const tlsOnly = clientAuthMode === ClientAuthMode.CERT || refusesPlaintext(sslMode);
  const options = clientCertificate === undefined || clientAuthMode === ClientAuthMode.CERT ? [] : [['clientcert', clientCertificate] as const];
  return [
    { type: tlsOnly ? 'hostssl' : 'host', ...EVERYONE, method: methodOf(clientAuthMode), options },
    ...(refusesPlaintext(sslMode) ? [{ type: 'host', ...EVERYONE, method: 'reject', options: [] } as const] : []),
  ];
}
