import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { driverCases } from './support/driver-cases';
import { installPython } from './support/install';
import { programOf } from './support/programs';
import type { Start } from './support/program';
import { libpqDsn, libpqUri, sqlAlchemyUrl } from '../../src/postgresql';
import { RANDOM_TARGET } from '../support/random-target';

let python: string;

function start(settings: object, env = {}): Start {
  return { command: [python, programOf('psycopg', 'program.py')], settings, env };
}

driverCases([{
  title: 'psycopg',
  driver: 'psycopg',
  ways: {
    'connection string': (connection) => start({ way: 'psycopg', conninfo: connection.dsn() }),
    'URI': (connection) => start({ way: 'psycopg', conninfo: connection.uri() }),
    'variables': (connection) => start({ way: 'psycopg', conninfo: '' }, connection.libpqEnvironment()),
    'psycopg_pool': (connection) => start({ way: 'pool', conninfo: connection.dsn() }),
    'SQLAlchemy': (connection) => start({ way: 'sqlalchemy', url: connection.sqlAlchemyUrl() }),
    'Django': (connection) => start({ way: 'django', database: connection.djangoDatabase() }),
  },
  otherName: /server certificate for "\*?.*" .*does not match host name "localhost"/,
  otherCa: /certificate verify failed/,
  openKey: /private key file ".*" has group or world access/,
}], async () => { python = await installPython(); });

test('libpq and SQLAlchemy read back any text that the settings have', () => {
  const targets = fc.sample(RANDOM_TARGET, { numRuns: 500, seed: 20261128 });
  const lines = targets.map((target) => JSON.stringify({ uri: libpqUri(target), dsn: libpqDsn(target), url: sqlAlchemyUrl(target) }));
  const { stdout, stderr } = spawnSync(python, [programOf('psycopg', 'parse.py')], { input: lines.join('\n'), encoding: 'utf8', env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' } });
  expect(stderr).toBe('');
  const answers = stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown);
  expect(answers).toEqual(targets.map(({ hosts, port, database, user, password, caFile, identity }) => {
    const files = { sslmode: 'verify-full', sslrootcert: caFile, ...(identity === undefined ? {} : { sslcert: identity.certificateFile, sslkey: identity.keyFile }) };
    const binding = password === undefined ? {} : { channel_binding: 'require' };
    const libpq = { host: hosts[0], port: String(port), dbname: database, user, ...(password === undefined ? {} : { password }), ...files, ...binding };
    return { uri: libpq, dsn: libpq, url: { ...libpq, port, password: password ?? null } };
  }));
});
