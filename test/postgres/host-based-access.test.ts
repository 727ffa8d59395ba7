import { ClientAuthMode, SslMode } from '../../src';
import { accessRules, firstMatch, renderHba } from '../../src/postgres/private/host-based-access';

const rowsOf = (mode: SslMode, auth: ClientAuthMode) =>
  accessRules(mode, auth).map((rule) => [rule.type, rule.database, rule.user, rule.address, rule.method].filter(Boolean).join(' '));

const LOCAL = 'local all all peer';
const REJECT = 'host all all all reject';

// The access matrix, as pg_hba.conf says it.
test.each<[SslMode, ClientAuthMode, string[]]>([
  [SslMode.DISABLE, ClientAuthMode.MD5, [LOCAL, 'host all all all md5']],
  [SslMode.DISABLE, ClientAuthMode.SCRAM, [LOCAL, 'host all all all scram-sha-256']],
  [SslMode.ALLOW, ClientAuthMode.MD5, [LOCAL, 'host all all all md5']],
  [SslMode.ALLOW, ClientAuthMode.SCRAM, [LOCAL, 'host all all all scram-sha-256']],
  [SslMode.ALLOW, ClientAuthMode.CERT, [LOCAL, 'hostssl all all all cert']],
  [SslMode.PREFER, ClientAuthMode.SCRAM, [LOCAL, 'host all all all scram-sha-256']],
  [SslMode.PREFER, ClientAuthMode.CERT, [LOCAL, 'hostssl all all all cert']],
  [SslMode.REQUIRE, ClientAuthMode.MD5, [LOCAL, 'hostssl all all all md5', REJECT]],
  [SslMode.REQUIRE, ClientAuthMode.SCRAM, [LOCAL, 'hostssl all all all scram-sha-256', REJECT]],
  [SslMode.REQUIRE, ClientAuthMode.CERT, [LOCAL, 'hostssl all all all cert', REJECT]],
  [SslMode.VERIFY_CA, ClientAuthMode.SCRAM, [LOCAL, 'hostssl all all all scram-sha-256', REJECT]],
  [SslMode.VERIFY_CA, ClientAuthMode.CERT, [LOCAL, 'hostssl all all all cert', REJECT]],
  [SslMode.VERIFY_FULL, ClientAuthMode.SCRAM, [LOCAL, 'hostssl all all all scram-sha-256', REJECT]],
  [SslMode.VERIFY_FULL, ClientAuthMode.CERT, [LOCAL, 'hostssl all all all cert', REJECT]],
])('%s with %s: %j', (mode, auth, rows) => {
  expect(rowsOf(mode, auth)).toEqual(rows);
});

test('cert never lets plaintext in, whatever the mode', () => {
  for (const mode of Object.values(SslMode)) {
    const decisive = firstMatch(accessRules(mode, ClientAuthMode.CERT), { encrypted: false, database: 'postgres', user: 'postgres' });
    expect(decisive?.method ?? 'reject').toBe('reject');
  }
});

test('the first match decides; no match is a refusal', () => {
  const rules = [
    { type: 'hostssl', database: 'orders', user: 'orders', address: 'all', method: 'cert' },
    { type: 'host', database: 'all', user: 'orders', address: 'all', method: 'reject' },
  ] as const;
  expect(firstMatch(rules, { encrypted: true, database: 'orders', user: 'orders' })?.method).toBe('cert');
  expect(firstMatch(rules, { encrypted: false, database: 'orders', user: 'orders' })?.method).toBe('reject');
  expect(firstMatch(rules, { encrypted: true, database: 'orders', user: 'other' })).toBeUndefined();
});

test('is written in columns', () => {
  expect(renderHba(accessRules(SslMode.VERIFY_FULL, ClientAuthMode.CERT))).toBe([
    '# TYPE   DATABASE  USER  ADDRESS  METHOD',
    'local    all       all            peer',
    'hostssl  all       all   all      cert',
    'host     all       all   all      reject',
    '',
  ].join('\n'));
});
