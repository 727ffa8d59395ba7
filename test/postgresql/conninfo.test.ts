import { isLibpqProgram, parseConnection, parseProgramOptions } from '../../src/postgresql';

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

test('parseProgramOptions reads the connection options of psql', () => {
  expect(isLibpqProgram('/usr/bin/psql')).toBe(true);
  expect(isLibpqProgram('pgbouncer')).toBe(false);
  expect(parseProgramOptions(['-h', 'db', '-Uapp', '--dbname=orders'])).toEqual({ host: 'db', user: 'app', dbname: 'orders' });
  expect(parseProgramOptions(['-d', 'host=db sslmode=verify-full'])).toEqual({ host: 'db', sslmode: 'verify-full' });
  expect(parseProgramOptions(['-c', 'select 1'])).toBeUndefined();
});
