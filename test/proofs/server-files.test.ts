import { isLibpqProgram, parseConnection, parseProgramOptions } from '../../src/proofs/private/pods/connection';
import { parseHbaFile, plaintextBeside, recordOf } from '../../src/proofs/private/pods/hba-file';
import { parseConfFile, parseServerOptions } from '../../src/proofs/private/pods/postgres-conf';
import { serverProgram } from '../../src/proofs/private/pods/server-program';
import { shellCommands } from '../../src/proofs/private/pods/shell';

describe('pg_hba.conf', () => {
  test.each([
    ['hostssl all all all cert', { type: 'hostssl', databases: ['all'], users: ['all'], address: 'all', method: 'cert' }],
    ['host a, b "Some One",c 10.0.0.0 255.0.0.0 md5 # note', { databases: ['a', 'b'], users: ['Some One', 'c'], address: '10.0.0.0/255.0.0.0', method: 'md5' }],
    ['local all "all" peer map=pod', { address: '', users: ['"all"'], method: 'peer', options: new Map([['map', 'pod']]) }],
    ['host all all ::1/128 scram-sha-256', { address: '::1/128', method: 'scram-sha-256' }],
    ['hostssl all all \\\n  samenet cert clientname="DN"', { address: 'samenet', method: 'cert', options: new Map([['clientname', 'DN']]) }],
  ])('%s', (line, expected) => {
    expect(parseHbaFile(line).records).toEqual([expect.objectContaining(expected)]);
  });

  test('rows in other files are out of sight', () => {
    expect(parseHbaFile('# only this\nhost all all all md5').isComplete).toBe(true);
    expect(parseHbaFile('include_dir more.d').isComplete).toBe(false);
    expect(parseHbaFile('host all @people all md5').isComplete).toBe(false);
  });

  test.each([
    ['host all postgres all reject\nhostssl all all all cert', 'reject'],
    ['hostssl other all all md5\nhostssl all all all cert', 'cert'],
    ['hostssl all all 127.0.0.1/32 trust\nhostssl all all 0.0.0.0/0 cert', 'cert'],
    ['hostnossl all all all reject\nhostssl sameuser all all cert', 'cert'],
    // Nobody here knows who is in the group, or from where the client comes.
    ['hostssl all +admins all md5\nhostssl all all all cert', undefined],
    ['hostssl all all 10.0.0.0/8 md5\nhostssl all all all cert', undefined],
    ['hostssl all other all cert', undefined],
  ])('the row of a login: %j gives %p', (file, method) => {
    expect(recordOf(parseHbaFile(file), { user: 'postgres', database: 'postgres' })?.method).toBe(method);
  });

  test('the row of a login from the machine itself', () => {
    const file = parseHbaFile('hostssl all all 127.0.0.0/8 trust\nhostssl all all all cert');
    expect(recordOf(file, { user: 'a', database: 'a', address: '127.0.0.1' })?.method).toBe('trust');
  });

  test.each([
    ['host all all all scram-sha-256', 1],
    ['hostnossl all app 10.0.0.0/8 password', 1],
    ['host all all 127.0.0.1/32 md5', 0],
    ['hostnossl all other all md5', 0],
    ['hostnossl all all all reject\nhost all all all md5', 0],
    ['host other all all md5', 1],
    ['host all all all trust', 0],
  ])('passwords in plaintext beside a certificate of app: %j has %d', (rows, count) => {
    const { records } = parseHbaFile(`hostssl all app all cert\n${rows}`);
    expect(plaintextBeside(records, records[0]!)).toHaveLength(count);
  });
});

test('postgresql.conf: the last line counts, quotes and comments are taken off', () => {
  const { settings, isComplete } = parseConfFile("ssl = off\n SSL on # yes\nssl_ca_file '/a''b.crt'\n#ssl_key_file = 'x'\n\nport=5433\n");
  expect([...settings]).toEqual([['ssl', 'on'], ['ssl_ca_file', "/a'b.crt"], ['port', '5433']]);
  expect(isComplete).toBe(true);
  expect(parseConfFile("include_if_exists 'more.conf'").isComplete).toBe(false);
});

test('options of postgres', () => {
  const options = parseServerOptions(['-c', 'ssl=on', '-cport=5433', '--ssl-ca-file=/ca', '-D', '/data', '-l', '-p', '5434', '-c']);
  expect([...options]).toEqual([['ssl', 'on'], ['port', '5434'], ['ssl_ca_file', '/ca'], ['data_directory', '/data']]);
});

test.each<[string, object | undefined]>([
  ['postgres://app:p%40ss@db.demo.svc:5433/orders?sslmode=verify-full&sslcert=/a/tls.crt', { host: 'db.demo.svc', port: '5433', user: 'app', dbname: 'orders', sslmode: 'verify-full', sslcert: '/a/tls.crt' }],
  ['postgresql+psycopg://app@a,b:2/x', { host: 'a,b', port: ',2', user: 'app', dbname: 'x' }],
  ['jdbc:postgresql://[fd00::1]:5432/x?sslmode=require', { host: 'fd00::1', port: '5432', dbname: 'x', sslmode: 'require' }],
  ['postgres:///x?host=/var/run/postgresql', { host: '/var/run/postgresql', dbname: 'x' }],
  ['postgres://$USER:$PASSWORD@db/$NAME?sslmode=disable', { host: 'db', port: '', sslmode: 'disable' }],
  ["host=db user = 'a b' sslmode=verify-ca", { host: 'db', user: 'a b', sslmode: 'verify-ca' }],
  ['https://db.example.com/?sslmode=verify-full', undefined],
  ['host=db', undefined],
  ['', undefined],
])('connection string %j', (value, expected) => {
  const { port, ...rest } = parseConnection(value) ?? {};
  expect(parseConnection(value) && { ...rest, ...(port === undefined ? {} : { port }) }).toEqual(expected && Object.fromEntries(Object.entries(expected).filter(([, part]) => part !== '')));
});

test('options of psql', () => {
  expect(isLibpqProgram('/usr/bin/psql')).toBe(true);
  expect(isLibpqProgram('pgbouncer')).toBe(false);
  expect(parseProgramOptions(['-h', 'db', '-Uapp', '--dbname=orders'])).toEqual({ host: 'db', user: 'app', dbname: 'orders' });
  expect(parseProgramOptions(['-d', 'host=db sslmode=verify-full'])).toEqual({ host: 'db', sslmode: 'verify-full' });
  expect(parseProgramOptions(['-c', 'select 1'])).toBeUndefined();
});

test('a shell text as commands', () => {
  expect(shellCommands("set -e # strict\nif ! test -f a; then cp '/a b' \"/c d\" && exec postgres -c x=1 \\\n -D /data; fi").map(({ words, after }) => [words.join('|'), after])).toEqual([
    ['set|-e', ';'], ['test|-f|a', ';'], ['cp|/a b|/c d', '&&'], ['exec|postgres|-c|x=1|-D|/data', ';'], ['fi', ''],
  ]);
});

const server = (image: string, command: string[] = [], args: string[] = []) =>
  serverProgram({ name: 'c', isInit: false, image, spec: {}, command, args, mounts: [] }, (path) => (path === '/start.sh' ? 'exec gosu postgres postgres -D /data' : undefined));

test.each<[string, string[], string[], object | undefined]>([
  ['postgres:18', [], [], { first: 'postgres', viaEntrypoint: true, options: [] }],
  ['docker.io/library/postgres:18.4-alpine@sha256:abc', [], ['-c', 'ssl=on'], { first: 'postgres', viaEntrypoint: true, options: ['-c', 'ssl=on'] }],
  ['ghcr.io/org/postgresql', [], ['postgres', '-c', 'ssl=on'], { options: ['-c', 'ssl=on'] }],
  ['mine:1', ['postgres', '-D', '/data'], [], { first: 'postgres', viaEntrypoint: false, options: ['-D', '/data'] }],
  ['mine:1', ['tini', '--', 'postgres'], [], { first: 'tool', options: [] }],
  ['mine:1', ['gosu', 'postgres', 'postgres', '-c', 'a=b'], [], { first: 'postgres', options: ['-c', 'a=b'] }],
  ['mine:1', ['docker-entrypoint.sh'], ['postgres', '-c', 'a=b'], { first: 'postgres', viaEntrypoint: true, options: ['-c', 'a=b'] }],
  ['mine:1', ['sh', '-c'], ['chmod 700 /data; exec postgres'], { first: 'postgres', viaEntrypoint: false }],
  ['mine:1', ['sh', '-c', 'postgres'], [], { first: 'shell' }],
  ['mine:1', ['bash', '-ec', 'cd /data; postgres'], [], { first: 'postgres' }],
  ['mine:1', ['bash', '-c', 'postgres || true'], [], { first: 'shell' }],
  ['mine:1', ['sh', '/start.sh'], [], { first: 'postgres', options: ['-D', '/data'] }],
  ['postgres:18', ['psql'], ['-h', 'db'], undefined],
  ['postgres:18', [], ['psql', '-h', 'db'], undefined],
  ['postgres:18', ['sh', '-c', 'until pg_isready -U postgres; do sleep 1; done'], [], undefined],
  ['postgres:18', ['postgres', '--version'], [], undefined],
  ['quay.io/prometheuscommunity/postgres-exporter:v0.17', [], [], undefined],
  ['mine:1', [], [], undefined],
])('%s %j %j runs PostgreSQL: %j', (image, command, args, expected) => {
  if (expected) { expect(server(image, command, args)).toMatchObject(expected); } else { expect(server(image, command, args)).toBeUndefined(); }
});
