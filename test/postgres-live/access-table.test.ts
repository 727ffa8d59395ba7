import { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Testing } from 'cdk8s';
import { Client, type ClientConfig } from 'pg';
import { AccessMethod, AccessRule, CertificateAuthority, ClientPrivileges, Postgres, PostgresStorage, PostgresVersion, SslMode } from '../../src';
import { toManifest } from '../../src/kubernetes';
import { clusterAssumptions, IssuanceGraph } from '../../src/pki';
import { AddressSet } from '../../src/postgresql';
import { type AccessCell, allCells, podsOf, sceneOf } from '../../src/workloads';
import { LocalDatabase, type LocalSecret, type Manifest } from '../local';
import { chartIn } from '../support/tree';

const PASSWORD = 'correct horse battery staple';

/** Three clients, two databases, a group, and rules that open more. */
function documents(): Manifest[] {
  const chart = chartIn();
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, storage: PostgresStorage.ephemeral(), sslMode: SslMode.PREFER,
    accessRules: [
      AccessRule.hostssl({ users: ['+orders'], databases: ['orders'], address: '127.30.0.0/16', method: AccessMethod.scram() }),
      AccessRule.hostssl({ users: ['dba'], databases: ['sameuser', 'postgres', 'replication'], method: AccessMethod.cert() }),
      AccessRule.host({ users: ['someone'], databases: ['elsewhere'], address: '127.40.0.0/16', method: AccessMethod.scram() }),
      AccessRule.host({ users: ['billing'], databases: ['billing'], address: '127.41.0.0/16', method: AccessMethod.reject() }),
    ],
  });
  db.addDatabase('orders');
  db.addClient('orders');
  db.addClient('billing');
  db.addClient('shop', { databases: ['orders', 'billing'], privileges: ClientPrivileges.readWrite(), addresses: ['127.20.0.0/16'] });
  db.addRole('dba', { login: true, inRoles: ['orders'] });
  return Testing.synth(chart) as Manifest[];
}

/** What the reloader does, a statement a line. */
const PREPARE = [
  'CREATE ROLE postgres_reloader LOGIN', 'CREATE ROLE orders LOGIN', 'CREATE ROLE billing LOGIN', 'CREATE ROLE shop LOGIN', `CREATE ROLE dba LOGIN IN ROLE orders PASSWORD '${PASSWORD}'`,
  `CREATE ROLE someone LOGIN PASSWORD '${PASSWORD}'`, `CREATE ROLE nothing LOGIN PASSWORD '${PASSWORD}'`, `ALTER ROLE orders PASSWORD '${PASSWORD}'`, `ALTER ROLE shop PASSWORD '${PASSWORD}'`,
  `ALTER ROLE billing PASSWORD '${PASSWORD}'`,
  'CREATE DATABASE orders OWNER orders', 'CREATE DATABASE billing OWNER billing', 'CREATE DATABASE elsewhere', 'CREATE DATABASE nowhere', 'CREATE DATABASE nothing', 'CREATE DATABASE dba',
  'REVOKE ALL ON DATABASE orders FROM PUBLIC', 'REVOKE ALL ON DATABASE billing FROM PUBLIC', 'GRANT CONNECT, TEMPORARY ON DATABASE orders TO shop', 'GRANT CONNECT, TEMPORARY ON DATABASE billing TO shop',
].join('\n');

/** Addresses to come from: in and beside the networks of the rows; one of this machine that is not a loopback address, where it has one. */
const OWN = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses).find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
const SOURCES = ['127.0.0.1', '127.20.0.1', '127.30.0.1', '127.40.0.1', '127.41.0.1', ...(OWN === undefined ? [] : [OWN])];

let database: LocalDatabase;
let cells: AccessCell[];
const certificates = new Map<string, Promise<LocalSecret>>();

beforeAll(async () => {
  const all = documents();
  const manifests = new IssuanceGraph(all.map((document, index) => toManifest(`${index}`, document as never)), clusterAssumptions());
  const scene = sceneOf(podsOf(manifests)[0]!.servers[0]!, manifests);
  if (typeof scene === 'string') { throw new Error(scene); }
  cells = allCells(scene);
  database = await LocalDatabase.start({ documents: all, prepare: PREPARE });
});
afterAll(() => database?.stop());

/** The names for a role and a database that nothing names. */
const roleOf = ({ role = 'nothing' }: AccessCell) => role;
const databaseOf = (cell: AccessCell) => (cell.isOwnName === true ? roleOf(cell) : cell.database ?? 'nowhere');

function certificateOf(role: string): Promise<LocalSecret> {
  const known = certificates.get(role) ?? database.certManager.issue('db-client-orders-cert', { commonName: role });
  certificates.set(role, known);
  return known;
}

/** `in`, or the message of the server; over the socket without an address. */
async function tries(cell: AccessCell, source: string | undefined, has: { readonly credential: boolean }): Promise<string> {
  const role = roleOf(cell);
  const name = databaseOf(cell);
  const certificate = has.credential ? await certificateOf(role) : undefined;
  const isReplication = cell.database === 'replication' && cell.isOwnName !== true;
  const config: ClientConfig & { readonly replication?: string } = {
    host: source ?? database.pod.hostPath('postgres', '/var/run/postgresql'), port: database.pod.port, user: role, database: isReplication ? 'postgres' : name, connectionTimeoutMillis: 10_000, ...(isReplication ? { replication: 'true' } : {}),
    password: has.credential ? PASSWORD : '',
    ...(source === undefined ? {} : { stream: () => from(source) }),
    ssl: cell.channel === 'tls' ? {
      ca: database.certManager.secret('db-server-cert').data['ca.crt'], cert: certificate?.data['tls.crt'], key: certificate?.data['tls.key'], servername: 'db.demo.svc',
    } : false,
  };
  const client = new Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return 'in';
  } catch (error) {
    return (error as Error).message;
  }
}

/** A connection that comes from the address that it goes to. */
function from(address: string): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket) as (options: object) => Socket;
  socket.connect = ((port: number, host: string) => connect({ port, host, localAddress: address })) as Socket['connect'];
  return socket;
}

test('every cell of the table is right: what it admits gets in with its credential alone, what it rejects is refused', async () => {
  const counts = { admitted: 0, rejected: 0, unknown: 0 };
  const wrong: string[] = [];
  const check = async (cell: AccessCell, source: string): Promise<void> => {
    const { channel, decision: { outcome, reason } } = cell;
    counts[outcome]++;
    const what = `${roleOf(cell)} to ${databaseOf(cell)}, ${channel}, from ${source}`;
    if (outcome === 'unknown') { return; }
    const answer = await tries(cell, source, { credential: true });
    if ((answer === 'in') !== (outcome === 'admitted')) { wrong.push(`${what}: ${outcome} ${reason}, but ${answer}`); }
    const without = outcome === 'admitted' ? await tries(cell, source, { credential: false }) : '';
    if (without === 'in') { wrong.push(`${what}: admitted without a credential`); }
  };
  for (const source of SOURCES) {
    const here = cells.filter(({ channel, place: { isSameMachine }, addresses }) => channel !== 'socket' && isSameMachine && !addresses.and(AddressSet.of(source)!).isEmpty);
    // Some at a time: the server has a limit.
    const next = here.values();
    await Promise.all(Array.from({ length: 8 }, async () => { for (const cell of next) { await check(cell, source); } }));
  }
  expect(wrong).toEqual([]);
  expect(counts.admitted).toBeGreaterThan(15);
  expect(counts.rejected).toBeGreaterThan(300);
  expect(counts.unknown).toBeLessThan(counts.admitted);
});

test('over the socket, the row of the operating-system user decides where the table admits a role, and no row elsewhere', async () => {
  for (const cell of cells.filter(({ channel }) => channel === 'socket')) {
    const answer = await tries(cell, undefined, { credential: true });
    expect(`${roleOf(cell)} to ${databaseOf(cell)}: ${answer}`).toMatch(cell.decision.outcome === 'admitted' ? /: (in|Peer authentication failed.*)$/ : /: no pg_hba.conf entry/);
  }
});
