import fc from 'fast-check';
import {
  AnyHbaRow, covers, decidingRow, HBA_METHODS, HBA_TYPES, Login, match, meets, optionOf, parseHba, parseIdent, possibleRows, printHba,
  printIdent,
} from '../../src/postgresql';
import { plaintextBeside } from '../../src/rules';

const rowsOf = (text: string) => parseHba(text).rows;
const row = (text: string) => rowsOf(text)[0]!;

describe('parsing pg_hba.conf', () => {
  test.each([
    ['hostssl all all all cert', { type: 'hostssl', databases: ['all'], users: ['all'], address: 'all', method: 'cert', options: [] }],
    ['host a, b "Some One",c 10.0.0.0 255.0.0.0 md5 # note', { databases: ['a', 'b'], users: ['Some One', 'c'], address: '10.0.0.0/255.0.0.0', method: 'md5' }],
    ['local all "all" peer map=pod', { address: undefined, users: ['"all"'], method: 'peer', options: [['map', 'pod']] }],
    ['local "+admins" "+it""s" peer', { databases: ['"+admins"'], users: ['"+it""s"'] }],
    ['host all all ::1/128 scram-sha-256', { address: '::1/128', method: 'scram-sha-256' }],
    ['hostssl all all \\\n  samenet cert clientname="DN"', { address: 'samenet', method: 'cert', options: [['clientname', 'DN']] }],
    ['hostssl all all all cert map="two words"', { options: [['map', 'two words']] }],
  ])('%s', (line, expected) => { expect(rowsOf(line)).toEqual([expect.objectContaining(expected)]); });

  test('a row of several words in a list keeps its own text', () => { expect(row('host a, b c , d all md5').text).toBe('host a, b c , d all md5'); });

  test('rows of included files are unknown', () => {
    expect(parseHba('# only this\nhost all all all md5').isComplete).toBe(true);
    expect(parseHba('include_dir more.d').isComplete).toBe(false);
    expect(parseHba('host all @people all md5').isComplete).toBe(false);
    expect(parseHba('host all "@people" all md5').isComplete).toBe(true);
  });

  test('the last of duplicate options applies', () => { expect(optionOf(row('hostssl all all all cert map=a map=b'), 'map')).toBe('b'); });
});

describe('printing and parsing again', () => {
  const isMeant = (text: string) => !/[\n\r\0]|^[+/@]|^(all|replication|sameuser|samerole|samegroup)$|^".*"$/.test(text);
  const name = fc.oneof(fc.stringMatching(/^[A-Za-z0-9_.-]{1,8}$/), fc.string({ minLength: 1, maxLength: 8 }).filter(isMeant));
  const word = fc.oneof(name, fc.constantFrom('all', 'replication', 'sameuser', 'samerole', '"all"', '"replication"', '"+a"', '+group'));
  const anyRow: fc.Arbitrary<AnyHbaRow> = fc.record({
    type: fc.constantFrom(...HBA_TYPES.filter((type) => type !== 'local')),
    databases: fc.array(word, { minLength: 1, maxLength: 3 }),
    users: fc.array(word, { minLength: 1, maxLength: 3 }),
    address: fc.constantFrom('all', 'samenet', '10.0.0.0/8', 'fd00::/8', 'db.example.com'),
    method: fc.constantFrom(...HBA_METHODS),
    options: fc.array(fc.tuple(fc.constantFrom('map', 'clientcert'), name), { maxLength: 2 }),
  });

  test('rows are unchanged', () => {
    fc.assert(fc.property(fc.array(anyRow, { maxLength: 4 }), (rows) => {
      expect(rowsOf(printHba(rows)).map(({ text: _, ...rest }) => rest)).toEqual(rows);
    }));
  });

  test('maps are unchanged', () => {
    const mapping = fc.record({ map: name, systemUser: fc.oneof(name, fc.constant('/^(.*)@example\\.com$')), databaseUser: fc.oneof(name, fc.constant('\\1')) });
    fc.assert(fc.property(fc.array(mapping, { maxLength: 4 }), (rows) => { expect(parseIdent(printIdent(rows))).toEqual(rows); }));
  });
});

const login = (extra: Partial<Login> = {}): Login => ({ channel: 'tls', user: 'postgres', database: 'postgres', ...extra });

test.each<[string, Partial<Login>, string]>([
  ['hostssl all all all cert', {}, 'yes'],
  ['hostssl all all all cert', { channel: 'plaintext' }, 'no'],
  ['hostnossl all all all md5', { channel: 'plaintext' }, 'yes'],
  ['hostnogssenc all all all md5', { channel: 'plaintext' }, 'yes'],
  ['hostgssenc all all all md5', { channel: 'plaintext' }, 'no'],
  ['local all all peer', { channel: 'socket' }, 'yes'],
  ['local all all peer', {}, 'no'],
  ['host all "all" all md5', {}, 'no'],
  ['host all "all" all md5', { user: 'all' }, 'yes'],
  ['host sameuser all all md5', { user: 'app', database: 'app' }, 'yes'],
  ['host sameuser all all md5', { user: 'app', database: 'orders' }, 'maybe'],
  ['host all app all md5', { user: undefined }, 'maybe'],
  ['host all all all md5', { user: undefined, database: undefined }, 'yes'],
  ['host sameuser all all md5', { user: undefined, database: undefined }, 'maybe'],
  ['host all +admins all md5', {}, 'maybe'],
  ['host all all all md5', { database: 'replication' }, 'no'],
  ['host all,replication all all md5', { database: 'replication' }, 'yes'],
  ['host samerole all all md5', { database: 'replication' }, 'no'],
  ['host all all 10.0.0.0/8 md5', {}, 'maybe'],
  ['host all all 10.0.0.0/8 md5', { address: '10.1.2.3' }, 'yes'],
  ['host all all 10.0.0.0/255.0.0.0 md5', { address: '11.1.2.3' }, 'no'],
  ['host all all db.example.com md5', { address: '10.1.2.3' }, 'maybe'],
  ['host all all 127.0.0.1/32 md5', {}, 'no'],
  ['host all all 0.0.0.0/0 md5', {}, 'yes'],
])('%s for %j: %s', (text, extra, answer) => { expect(match(row(text), login(extra))).toBe(answer); });

test.each([
  ['host all postgres all reject\nhostssl all all all cert', 'reject'],
  ['hostssl other all all md5\nhostssl all all all cert', 'cert'],
  ['hostssl all all 127.0.0.1/32 trust\nhostssl all all 0.0.0.0/0 cert', 'cert'],
  ['hostnossl all all all reject\nhostssl sameuser all all cert', 'cert'],
  // Membership of a group and addresses of clients are unknown at synth.
  ['hostssl all +admins all md5\nhostssl all all all cert', undefined],
  ['hostssl all all 10.0.0.0/8 md5\nhostssl all all all cert', undefined],
  ['hostssl all other all cert', undefined],
])('the row that decides a login over TLS: %j gives %p', (file, method) => {
  expect(decidingRow(rowsOf(file), login())?.method).toBe(method);
});

test('decidingRow finds the row of a login from loopback', () => {
  expect(decidingRow(rowsOf('hostssl all all 127.0.0.0/8 trust\nhostssl all all all cert'), login({ address: '127.0.0.1' }))?.method).toBe('trust');
});

test('possibleRows ends with the first row that certainly matches', () => {
  const rows = rowsOf('hostssl all +admins all md5\nhostssl all other all md5\nhostssl all all all cert\nhost all all all reject');
  expect(possibleRows(rows, login()).map(({ method }) => method)).toEqual(['md5', 'cert']);
});

test.each<[string, string, string, boolean]>([
  ['host covers hostssl', 'host all all all md5', 'hostssl all all all md5', true],
  ['hostssl does not cover host', 'hostssl all all all md5', 'host all all all md5', false],
  ['hostssl does not cover hostnossl', 'hostssl all all all md5', 'hostnossl all all all md5', false],
  ['hostnossl covers hostgssenc', 'hostnossl all all all md5', 'hostgssenc all all all md5', true],
  ['host does not cover local', 'host all all all md5', 'local all all md5', false],
  ['local covers local', 'local all all md5', 'local all postgres peer', true],
  ['all covers a database', 'host all all all md5', 'host orders all all md5', true],
  ['all does not cover replication', 'host all all all md5', 'host replication all all md5', false],
  ['all covers a database of that name', 'host all all all md5', 'host "replication" all all md5', true],
  ['all and replication cover replication', 'host all,replication all all md5', 'host replication all all md5', true],
  ['a database does not cover all', 'host orders all all md5', 'host all all all md5', false],
  ['two roles cover one of them', 'host all a,b all md5', 'host all b all md5', true],
  ['one role does not cover two', 'host all a all md5', 'host all a,b all md5', false],
  ['a role called all covers no other', 'host all "all" all md5', 'host all b all md5', false],
  ['a network covers one in it', 'host all all 10.0.0.0/8 md5', 'host all all 10.1.0.0/16 md5', true],
  ['a network with a mask covers one in it', 'host all all 10.0.0.0 255.0.0.0 md5', 'host all all 10.1.0.0/16 md5', true],
  ['a network does not cover a wider one', 'host all all 10.1.0.0/16 md5', 'host all all 10.0.0.0/8 md5', false],
  ['a network does not cover all', 'host all all 0.0.0.0/0 md5', 'host all all all md5', false],
  ['IPv4 does not cover IPv6', 'host all all 0.0.0.0/0 md5', 'host all all ::/0 md5', false],
  ['an IPv6 network covers one in it', 'host all all fd00::/8 md5', 'host all all fd00:1::/32 md5', true],
  ['a host name covers itself alone', 'host all all db.example.com md5', 'host all all 10.0.0.0/8 md5', false],
])('%s', (_, earlier, later, expected) => { expect(covers(row(earlier), row(later))).toBe(expected); });

test.each<[string, string, boolean]>([
  ['host all app all md5', 'host orders all all md5', true],
  ['host all app all md5', 'host all other all md5', false],
  ['host all app all md5', 'host replication app all md5', false],
  ['host all +admins all md5', 'host all app all md5', true],
  ['host all all 10.0.0.0/8 md5', 'host all all 10.1.0.0/16 md5', true],
  ['host all all 10.0.0.0/8 md5', 'host all all 11.0.0.0/8 md5', false],
  ['host all all db.example.com md5', 'host all all 11.0.0.0/8 md5', true],
])('%s and %s may match one connection: %p', (one, other, expected) => {
  expect([meets(row(one), row(other)), meets(row(other), row(one))]).toEqual([expected, expected]);
});

test.each([
  ['host all all all scram-sha-256', 1],
  ['hostnossl all app 10.0.0.0/8 password', 1],
  ['hostnogssenc all app all md5', 1],
  ['host all all 127.0.0.1/32 md5', 0],
  ['hostnossl all other all md5', 0],
  ['hostnossl all all all reject\nhost all all all md5', 0],
  ['host other all all md5', 1],
  ['host all all all trust', 0],
  ['host app app 10.0.0.0/8 reject\nhost app app 10.1.0.0/16 scram-sha-256', 0],
])('passwords in plaintext beside a certificate of app: %j has %d', (text, count) => {
  const rows = rowsOf(`hostssl all app all cert\n${text}`);
  expect(plaintextBeside(rows, rows[0]!)).toHaveLength(count);
});

test('a row for all does not end replication: the row behind it takes passwords in plaintext', () => {
  const rows = rowsOf('hostssl replication repl all cert\nhost all all all reject\nhost replication repl all scram-sha-256');
  expect(plaintextBeside(rows, rows[0]!).map(({ text }) => text)).toEqual(['host replication repl all scram-sha-256']);
});
