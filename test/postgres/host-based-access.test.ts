import { AccessMethod, AccessRule, ClientAuthMode, ClientCertificateCheck, SslMode, SuperuserAccess } from '../../src';
import { AccessInput, accessRows } from '../../src/postgres/features/access/access-rows';
import { decidingRows, endOfPodAccess } from '../../src/postgres/plan/hba-rows';
import { byRank } from '../../src/postgres/plan/rank';
import { HbaRow, possibleRows, printHba } from '../../src/postgresql';

/** The rows as a plan has them, with roles of the pod's own. */
const rowsOf = (input: AccessInput, roles: string[] = []): HbaRow[] => decidingRows(byRank([...accessRows(input), ...endOfPodAccess(roles)]));

const linesOf = (mode: SslMode, auth: ClientAuthMode, rules: AccessRule[] = [], clientCertificate?: ClientCertificateCheck, superuser = SuperuserAccess.local()) =>
  printHba(rowsOf({ sslMode: mode, clientAuthMode: auth, clientCertificate, superuser, rules: rules.map((rule) => rule._row) }, ['postgres_reloader']))
    .trimEnd().split('\n').slice(1).map((line) => line.replace(/ +/g, ' '));

const SOCKET = 'local all postgres peer';
/** The roles of the pod's own and the superuser come in by the socket alone. */
const CLOSED = ['host all,replication postgres_reloader all reject', 'host all,replication postgres all reject'];
const REJECT = 'host all all all reject';

// The access matrix, as rows of pg_hba.conf.
test.each<[SslMode, ClientAuthMode, string[]]>([
  [SslMode.DISABLE, ClientAuthMode.MD5, [SOCKET, ...CLOSED, 'host all all all md5']],
  [SslMode.DISABLE, ClientAuthMode.SCRAM, [SOCKET, ...CLOSED, 'host all all all scram-sha-256']],
  [SslMode.ALLOW, ClientAuthMode.MD5, [SOCKET, ...CLOSED, 'host all all all md5']],
  [SslMode.ALLOW, ClientAuthMode.SCRAM, [SOCKET, ...CLOSED, 'host all all all scram-sha-256']],
  [SslMode.ALLOW, ClientAuthMode.CERT, [SOCKET, ...CLOSED, 'hostssl all all all cert']],
  [SslMode.PREFER, ClientAuthMode.MD5, [SOCKET, ...CLOSED, 'host all all all md5']],
  [SslMode.PREFER, ClientAuthMode.SCRAM, [SOCKET, ...CLOSED, 'host all all all scram-sha-256']],
  [SslMode.PREFER, ClientAuthMode.CERT, [SOCKET, ...CLOSED, 'hostssl all all all cert']],
  [SslMode.REQUIRE, ClientAuthMode.MD5, [SOCKET, ...CLOSED, 'hostssl all all all md5', REJECT]],
  [SslMode.REQUIRE, ClientAuthMode.SCRAM, [SOCKET, ...CLOSED, 'hostssl all all all scram-sha-256', REJECT]],
  [SslMode.REQUIRE, ClientAuthMode.CERT, [SOCKET, ...CLOSED, 'hostssl all all all cert', REJECT]],
  [SslMode.VERIFY_CA, ClientAuthMode.SCRAM, [SOCKET, ...CLOSED, 'hostssl all all all scram-sha-256', REJECT]],
  [SslMode.VERIFY_CA, ClientAuthMode.CERT, [SOCKET, ...CLOSED, 'hostssl all all all cert', REJECT]],
  [SslMode.VERIFY_FULL, ClientAuthMode.SCRAM, [SOCKET, ...CLOSED, 'hostssl all all all scram-sha-256', REJECT]],
  [SslMode.VERIFY_FULL, ClientAuthMode.CERT, [SOCKET, ...CLOSED, 'hostssl all all all cert', REJECT]],
])('%s with %s: %j', (mode, auth, lines) => {
  expect(linesOf(mode, auth)).toEqual(lines);
});

test('a client certificate on top of passwords', () => {
  expect(linesOf(SslMode.REQUIRE, ClientAuthMode.SCRAM, [], ClientCertificateCheck.VERIFY_FULL))
    .toEqual([SOCKET, ...CLOSED, 'hostssl all all all scram-sha-256 clientcert=verify-full', REJECT]);
});

test.each<[string, SslMode, ClientAuthMode, SuperuserAccess, string[]]>([
  ['by certificate', SslMode.VERIFY_FULL, ClientAuthMode.CERT, SuperuserAccess.certificate(), ['hostssl all postgres all cert']],
  ['by certificate beside passwords', SslMode.PREFER, ClientAuthMode.SCRAM, SuperuserAccess.certificate(), ['hostssl all postgres all cert']],
  ['by certificate from two networks, for backups too', SslMode.VERIFY_FULL, ClientAuthMode.CERT, SuperuserAccess.certificate({ addresses: ['10.0.0.0/8', 'fd00::/8'], replication: true }),
    ['hostssl all,replication postgres 10.0.0.0/8 cert', 'hostssl all,replication postgres fd00::/8 cert']],
  ['by password, without TLS', SslMode.DISABLE, ClientAuthMode.SCRAM, SuperuserAccess.password(), ['host all postgres all scram-sha-256']],
  ['by password, where TLS is promised', SslMode.REQUIRE, ClientAuthMode.SCRAM, SuperuserAccess.password(), ['hostssl all postgres all scram-sha-256']],
  ['by password beside certificates: never in plaintext', SslMode.PREFER, ClientAuthMode.CERT, SuperuserAccess.password(), ['hostssl all postgres all scram-sha-256']],
  ['by password, hashed with MD5', SslMode.REQUIRE, ClientAuthMode.MD5, SuperuserAccess.password(), ['hostssl all postgres all md5']],
])('the superuser %s, and in no other way', (_, mode, auth, superuser, rows) => {
  expect(linesOf(mode, auth, [], undefined, superuser).slice(1, 3 + rows.length)).toEqual([CLOSED[0], ...rows, CLOSED[1]]);
});

test('rules of the user stand between the socket and the mode, in their order', () => {
  const rules = [
    AccessRule.hostssl({ databases: ['orders', 'billing'], users: ['reporter'], address: '10.0.0.0/8', method: AccessMethod.scram({ clientCertificate: ClientCertificateCheck.VERIFY_CA }) }),
    AccessRule.hostssl({ users: ['+admins'], method: AccessMethod.cert({ map: 'people', distinguishedName: true }) }),
    AccessRule.hostssl({ databases: ['replication'], users: ['replicator'], method: AccessMethod.cert() }),
    AccessRule.host({ users: ['guest'], method: AccessMethod.reject() }),
  ];
  expect(linesOf(SslMode.VERIFY_FULL, ClientAuthMode.CERT, rules)).toEqual([
    SOCKET,
    ...CLOSED,
    'hostssl orders,billing reporter 10.0.0.0/8 scram-sha-256 clientcert=verify-ca',
    'hostssl all +admins all cert clientname=DN map=people',
    'hostssl replication replicator all cert',
    'host all guest all reject',
    'hostssl all all all cert',
    REJECT,
  ]);
});

test('rows of the mode after a rule that matches everything are left out', () => {
  const rules = [AccessRule.hostssl({ databases: ['orders'], users: ['orders'], method: AccessMethod.cert() }), AccessRule.host({ method: AccessMethod.reject() })];
  expect(linesOf(SslMode.VERIFY_FULL, ClientAuthMode.CERT, rules)).toEqual([SOCKET, ...CLOSED, 'hostssl orders orders all cert', REJECT]);
});

test('names that are no bare words are quoted', () => {
  expect(linesOf(SslMode.REQUIRE, ClientAuthMode.CERT, [AccessRule.hostssl({ databases: ['my db'], users: ['a"b'], method: AccessMethod.reject() })])[3])
    .toBe('hostssl "my db" "a""b" all reject');
});

test('method cert never accepts plaintext, in every sslMode', () => {
  for (const sslMode of Object.values(SslMode)) {
    const rows = rowsOf({ sslMode, clientAuthMode: ClientAuthMode.CERT, superuser: SuperuserAccess.certificate(), rules: [] });
    expect(possibleRows(rows, { channel: 'plaintext', database: 'postgres', user: 'postgres' }).filter(({ method }) => method !== 'reject')).toEqual([]);
  }
});

test('is written in columns', () => {
  expect(printHba(rowsOf({ sslMode: SslMode.VERIFY_FULL, clientAuthMode: ClientAuthMode.CERT, superuser: SuperuserAccess.certificate(), rules: [] }))).toBe([
    '# TYPE   DATABASE         USER      ADDRESS  METHOD',
    'local    all              postgres           peer',
    'hostssl  all              postgres  all      cert',
    'host     all,replication  postgres  all      reject',
    'hostssl  all              all       all      cert',
    'host     all              all       all      reject',
    '',
  ].join('\n'));
});
