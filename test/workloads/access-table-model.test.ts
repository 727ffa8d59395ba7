import { ApiObject, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { AccessMethod, AccessRule, AccessRuleOptions, CertificateAuthority, ClientPrivileges, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../src';
import { toManifest } from '../../src/kubernetes';
import { clusterAssumptions, IssuanceGraph } from '../../src/pki';
import { AddressSet } from '../../src/postgresql';
import { type AccessCell, allCells, mergedAccess, podsOf, sceneOf } from '../../src/workloads';
import { chartIn } from '../support/tree';

/** `RUNS=2000 SEED=7 npx jest access-table-model` asks more, or other questions. */
const RUNS = Number(process.env['RUNS'] ?? 40);
const SEED = Number(process.env['SEED'] ?? 20_261_129);

interface Question {
  readonly clients: ReadonlyArray<{ readonly name: string; readonly databases: string[]; readonly addresses?: string[]; readonly inRoles: string[] }>;
  readonly roles: ReadonlyArray<{ readonly name: string; readonly login: boolean; readonly replication: boolean; readonly inRoles: string[] }>;
  readonly databases: ReadonlyArray<{ readonly name: string; readonly publicAccess: boolean }>;
  readonly rules: ReadonlyArray<{ readonly type: 'host' | 'hostssl' | 'hostnossl'; readonly options: Omit<AccessRuleOptions, 'method'>; readonly rejects: boolean }>;
  readonly superuser: 'local' | 'certificate' | 'password';
}

const ADDRESSES = ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '192.168.0.0/16', 'fd00::/8', '0.0.0.0/0', '127.0.0.0/8'];
/** Addresses of clients, in and beside those networks. */
const SOURCES = ['127.0.0.1', '::1', '10.1.2.3', '10.1.9.9', '10.200.0.1', '192.168.7.7', '172.16.0.1', 'fd00::1', '2001:db8::1'];
const CLIENTS = ['a', 'b', 'c'];
const DATABASES = ['x', 'y', 'a'];
const ROLES = ['g', 'h', 'r'];

const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const address = fc.option(fc.constantFrom(...ADDRESSES, 'samehost', 'samenet'), { nil: undefined });
const QUESTION: fc.Arbitrary<Question> = fc.record({
  clients: fc.uniqueArray(fc.record({
    name: fc.constantFrom(...CLIENTS), databases: some(DATABASES), addresses: fc.option(some(ADDRESSES), { nil: undefined }), inRoles: fc.uniqueArray(fc.constantFrom('g', 'h'), { maxLength: 1 }),
  }), { selector: ({ name }) => name, maxLength: 3 }),
  roles: fc.uniqueArray(fc.record({
    name: fc.constantFrom(...ROLES), login: fc.boolean(), replication: fc.boolean(), inRoles: fc.constant<string[]>([]),
  }), { selector: ({ name }) => name, maxLength: 3 }),
  databases: fc.constant(DATABASES).chain((names) => fc.tuple(...names.map((name) => fc.record({ name: fc.constant(name), publicAccess: fc.boolean() })))),
  rules: fc.array(fc.record({
    type: fc.constantFrom('host' as const, 'hostssl' as const, 'hostnossl' as const),
    options: fc.record({ users: some([...CLIENTS, 'r', '+g', '+h', '+stranger', 'all']), databases: some([...DATABASES, 'all', 'sameuser', 'samerole', 'replication', 'postgres']), address }),
    rejects: fc.boolean(),
  }), { maxLength: 4 }),
  superuser: fc.constantFrom('local', 'certificate', 'password'),
});

test(`${RUNS} random databases of seed ${SEED}: what the table calls admitted or rejected is so in every world that the manifests allow`, () => {
  const outcomes = { admitted: 0, rejected: 0, unknown: 0 };
  let imprecise = 0;
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  fc.assert(fc.property(QUESTION, (question) => {
    const { cells, files } = answered(question);
    for (const source of SOURCES) {
      for (const cell of cells) {
        if (!cell.addresses.and(AddressSet.of(source)!).isEmpty && !isSocket(cell)) {
          outcomes[cell.decision.outcome]++;
          const worlds = WORLDS.map((world) => getsIn(question, files, cell, source, world));
          const expected = worlds.every((isIn) => isIn) ? 'admitted' : worlds.every((isIn) => !isIn) ? 'rejected' : 'unknown';
          if (cell.decision.outcome === 'unknown' && expected !== 'unknown') { imprecise++; }
          if (cell.decision.outcome !== 'unknown' && cell.decision.outcome !== expected) { throw new Error(`${JSON.stringify(named(cell))} from ${source}: ${cell.decision.outcome}, not ${expected}`); }
        }
      }
    }
    partition(cells);
    merged(cells);
  }), { seed: SEED, numRuns: RUNS });
  expect(outcomes.admitted).toBeGreaterThan(RUNS * 20);
  expect(outcomes.rejected).toBeGreaterThan(RUNS * 100);
  // Of two rows that may decide, both may admit with something else.
  expect(imprecise).toBeLessThan(outcomes.unknown / 10);
});

const isSocket = ({ channel }: AccessCell) => channel === 'socket';
const named = ({ role, database, channel, place: { words }, decision: { reason } }: AccessCell) => ({ role, database, channel, words, reason });

/** For each role, database, channel and place, every address has one cell. */
function partition(cells: readonly AccessCell[]): void {
  const seen = new Map<string, AddressSet>();
  const places = new Map<string, AddressSet>();
  for (const { role, database, isOwnName, channel, place, addresses } of cells) {
    const key = JSON.stringify([role ?? null, database ?? null, isOwnName ?? false, channel, place.words]);
    const before = seen.get(key) ?? AddressSet.NONE;
    expect(before.and(addresses).isEmpty).toBe(true);
    seen.set(key, before.with(addresses));
    places.set(key, place.addresses);
  }
  expect([...seen].map(([, { key }]) => key)).toEqual([...places].map(([, { key }]) => key));
}

/** The rows of the table have what the cells have: nothing is lost and nothing is added. */
function merged(cells: readonly AccessCell[]): void {
  const sum = (list: readonly (readonly [string, AddressSet])[]) => {
    const sums = new Map<string, AddressSet>();
    for (const [key, addresses] of list) { sums.set(key, (sums.get(key) ?? AddressSet.NONE).with(addresses)); }
    return [...sums].map(([key, addresses]) => `${key} ${addresses.key}`).sort();
  };
  const keyOf = (role: string | undefined, database: string, channel: string, words: string, { outcome, how, until, reason }: AccessCell['decision']) =>
    JSON.stringify([role ?? null, database, channel, words, outcome, how, until, reason]);
  const ofCells = cells.filter(({ decision: { outcome } }) => outcome !== 'rejected').map(({ role, database = '*', isOwnName, channel, place, addresses, decision }) =>
    [keyOf(role, isOwnName === true ? '=' : database, channel, place.words, decision), addresses] as const);
  const ofRows = mergedAccess(cells).flatMap(({ role, databases: { names, others, replication, ownName, except }, channels, sources, decision }) => {
    expect(except.filter((name) => names.includes(name))).toEqual([]);
    return [...names, ...(others ? ['*'] : []), ...(replication ? ['replication'] : []), ...(ownName ? ['='] : [])].flatMap((database) => channels.flatMap((channel) => sources.map(({ place, addresses }) =>
      [keyOf(role, database, channel, place.words, decision), addresses] as const)));
  });
  const named = (keys: string[]) => keys.filter((key) => !key.includes('"="'));
  expect(named(sum(ofRows))).toEqual(named(sum(ofCells)));
}

function answered({ clients, roles, databases, rules, superuser }: Question): { cells: AccessCell[]; files: Files } {
  const chart = chartIn();
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(chart, 'ca').issuer },
    superuserAccess: superuser === 'local' ? SuperuserAccess.local() : superuser === 'certificate' ? SuperuserAccess.certificate({ addresses: ['10.0.0.0/8'] }) : SuperuserAccess.password(undefined, { replication: true }),
    accessRules: rules.map(({ type, options, rejects }) => AccessRule[type]({ ...options, method: rejects ? AccessMethod.reject() : AccessMethod.scram() })),
  });
  for (const { name, publicAccess } of databases) { db.addDatabase(name, { publicAccess }); }
  for (const { name, ...options } of roles) { db.addRole(name, options); }
  for (const { name, databases: own, addresses, inRoles } of clients) {
    db.addClient(name, { databases: own, addresses, inRoles: inRoles.filter((group) => roles.some((role) => role.name === group)), privileges: ClientPrivileges.readWrite() });
  }
  const documents = chartDocuments(chart);
  const manifests = new IssuanceGraph(documents.map((document, index) => toManifest(`${index}`, document)), clusterAssumptions());
  const scene = sceneOf(podsOf(manifests)[0]!.servers[0]!, manifests);
  if (typeof scene === 'string') { throw new Error(scene); }
  const { data } = documents.find(({ kind }) => kind === 'ConfigMap')! as unknown as { readonly data: Record<string, string> };
  return { cells: allCells(scene), files: { hba: rowsOf(data['pg_hba.conf']!) } };
}

/** One by one: rules report rows that shadow each other, and the table has to be right for those as well. */
function chartDocuments(chart: Chart): Array<Record<string, unknown>> {
  return chart.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child)).map((object) => object.toJson() as Record<string, unknown>);
}

interface Files {
  readonly hba: ReadonlyArray<readonly [type: string, databases: string[], users: string[], address: string, method: string]>;
}

/** The rows for TCP. */
function rowsOf(text: string): Files['hba'] {
  return text.split('\n').map((line) => line.trim().split(/\s+/)).filter(([type]) => type!.startsWith('host'))
    .map(([type, databases, users, address, method]) => [type!, databases!.split(','), users!.split(','), address!, method!] as const);
}

/** What the manifests do not show: memberships, the network of the server, grants by hand. */
interface World {
  readonly isMember: boolean;
  readonly isSameNetwork: boolean;
  readonly isGranted: boolean;
}

const WORLDS: World[] = [true, false].flatMap((isMember) => [true, false].flatMap((isSameNetwork) => [true, false].map((isGranted) => ({ isMember, isSameNetwork, isGranted }))));

/** Whether a login that has what the row asks for gets in: the text of pg_hba.conf read from the top, as simple as can be. */
function getsIn(question: Question, { hba }: Files, cell: AccessCell, source: string, world: World): boolean {
  const role = cell.role ?? 'someone';
  const database = cell.isOwnName === true ? 'someone' : cell.database ?? 'elsewhere';
  for (const [type, databases, users, where, method] of hba) {
    const isRow = (type === 'host' || (type === 'hostssl') === (cell.channel === 'tls'))
      && users.some((word) => word === 'all' || word === role || (word.startsWith('+') && isMember(question, role, word.slice(1), world)))
      && databases.some((word) => (database === 'replication' ? word === 'replication'
        : word === 'all' || word === database || (word === 'sameuser' && role === database) || (word === 'samerole' && isMember(question, role, database, world))))
      && (where === 'all' || (where === 'samehost' && cell.place.isSameMachine) || (where === 'samenet' && (cell.place.isSameMachine || world.isSameNetwork)) || (where.includes('/') && isIn(source, where)));
    if (isRow) { return method !== 'reject' && afterwards(question, role, database, world); }
  }
  return false;
}

function isMember({ clients, roles }: Question, role: string, group: string, { isMember: byHand }: World): boolean {
  if (role === group) { return true; }
  const declared = [...clients, ...roles].find(({ name }) => name === role);
  if (declared?.inRoles.includes(group) && roles.some(({ name }) => name === group)) { return true; }
  return (declared === undefined || ![...clients, ...roles].some(({ name }) => name === group)) && byHand;
}

function afterwards(question: Question, role: string, database: string, world: World): boolean {
  const { clients, roles, databases } = question;
  if (role === 'postgres') { return true; }
  const declared = roles.find(({ name }) => name === role);
  if (declared?.login === false) { return false; }
  if (database === 'replication') { return declared === undefined ? !clients.some(({ name }) => name === role) : declared.replication; }
  const known = databases.find(({ name }) => name === database);
  const isGranted = clients.some((client) => client.databases.includes(database) && isMember(question, role, client.name, { ...world, isMember: false }));
  return known === undefined || known.publicAccess || isGranted || world.isGranted;
}

/** By the bits of both, written out. */
function isIn(source: string, network: string): boolean {
  const [base, bits] = network.split('/');
  return source.includes(':') === base!.includes(':') && bitsOf(source).slice(0, Number(bits)) === bitsOf(base!).slice(0, Number(bits));
}

function bitsOf(text: string): string {
  if (!text.includes(':')) { return text.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join(''); }
  const [head = '', tail = ''] = text.split('::');
  const [left, right] = [head, tail].map((half) => half.split(':').filter((part) => part !== ''));
  const all = [...left!, ...Array<string>(8 - left!.length - right!.length).fill('0'), ...right!];
  return all.map((part) => parseInt(part, 16).toString(2).padStart(16, '0')).join('');
}
