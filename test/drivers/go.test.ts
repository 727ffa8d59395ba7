import { driverCases, type DriverUnderTest } from './support/driver-cases';
import { buildGo } from './support/install';
import type { Start } from './support/program';

let program: string;

function start(way: string, text: string, env = {}): Start {
  return { command: [program], settings: { way, text }, env };
}

const common: Pick<DriverUnderTest, 'install' | 'otherName' | 'otherCa'> = {
  install: async () => { program = await buildGo(); },
  otherName: /certificate is valid for db\.elsewhere\.svc, not localhost/,
  otherCa: /certificate signed by unknown authority/,
};

describe('pgx', () => driverCases({
  ...common,
  driver: 'pgx',
  ways: {
    'pgx, connection string': (connection) => start('pgx', connection.dsn()),
    'pgx, URI': (connection) => start('pgx', connection.uri()),
    'pgx, variables': (connection) => start('pgx', '', connection.libpqEnvironment()),
  },
  waysThatReadAgain: {
    'pgx, files read again before each connection': (connection) => start('pgx, files read again', connection.dsn()),
  },
}));

describe('lib/pq', () => driverCases({
  ...common,
  driver: 'lib/pq',
  ways: {
    'lib/pq, connection string': (connection) => start('lib/pq', connection.libPqDsn()),
    'lib/pq, variables': (connection) => start('lib/pq', '', connection.libpqEnvironment()),
  },
  openKey: /private key has world access/,
}));
