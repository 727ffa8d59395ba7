import { ClientCertificateCheck } from './access-rule';
import type { SuperuserAccess } from './superuser-access';
import type { HbaRowPlan } from '../../plan/parts';
import { endOfAccess } from '../../plan/hba-rows';
import { refusesPlaintext } from '../../plan/refuses-plaintext';
import { HBA_RANK } from '../../plan/rank';
import { SUPERUSER } from '../../plan/roles';
import { ClientAuthMode, SslMode } from '../../ssl-mode';
import { HbaMethod, HbaRow } from '../../../postgresql';

/** The input for the rows of pg_hba.conf. */
export interface AccessInput {
  readonly sslMode: SslMode;
  readonly clientAuthMode: ClientAuthMode;
  readonly clientCertificate?: ClientCertificateCheck;
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

/** The operating-system user of the server may connect as `postgres` over the socket; the container has no other user. */
const SOCKET: HbaRow = { type: 'local', databases: ['all'], users: [SUPERUSER], method: 'peer', options: [] };

/**
 * The rows of pg_hba.conf: the socket, the superuser, ended by a reject, then the user's own, the mode's. A row of the mode that an
 * earlier row covers is omitted.
 */
export function accessRows(input: AccessInput): HbaRowPlan[] {
  return [
    { row: SOCKET, rank: HBA_RANK.SOCKET },
    ...superuserRows(input).map((row) => ({ row, rank: HBA_RANK.SUPERUSER })),
    endOfAccess([SUPERUSER], HBA_RANK.SUPERUSER_END),
    ...input.rules.map((row) => ({ row, rank: HBA_RANK.GIVEN })),
    ...modeRows(input).map((row) => ({ row, rank: HBA_RANK.MODE, isDefault: true })),
  ];
}

/** Rows for the superuser over the network. */
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
  if (!Object.hasOwn(METHODS, mode)) { throw new Error(`clientAuthMode '${mode}' does not exist; use one of ${Object.keys(METHODS).join(', ')}`); }
  return METHODS[mode];
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
