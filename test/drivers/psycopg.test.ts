import { driverCases } from './support/driver-cases';
import { installPython } from './support/install';
import { programOf } from './support/programs';
import type { Start } from './support/program';

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
