import { shellCommands } from '../../src/formats';
import { isLibpqProgram, parseConfFile, parseConnection, parseProgramOptions, parseServerOptions } from '../../src/postgresql';
import { serverProgram } from '../../src/workloads';

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
  serverProgram({ field: 'spec.containers[0]', name: 'c', isInit: false, image, spec: {}, command, args, mounts: [], ports: [] }, (path) => (path === '/start.sh' ? 'exec gosu postgres postgres -D /data' : undefined));

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
