import { driverCases, type DriverUnderTest } from './support/driver-cases';
import { buildGo } from './support/install';
import type { Start } from './support/program';

let program: string;

function start(way: string, text: string, env = {}): Start {
  return { command: [program], settings: { way, text }, env };
}

const refusals: Pick<DriverUnderTest, 'otherName' | 'otherCa'> = {
  otherName: /certificate is valid for db\.elsewhere\.svc, not localhost/,
  otherCa: /certificate signed by unknown/,
};

const pgx: DriverUnderTest = {
  ...refusals,
  title: 'pgx',
  driver: 'pgx',
  ways: {
    'connection string': (connection) => start('pgx', connection.dsn()),
    'URI': (connection) => start('pgx', connection.uri()),
    'variables': (connection) => start('pgx', '', connection.libpqEnvironment()),
  },
  waysThatReadAgain: {
    'files read again before each connection': (connection) => start('pgx, files read again', connection.dsn()),
  },
  onceMore: {
    'does not send the certificate if its TLSConfig alone is replaced': [(connection) => start('pgx, TLSConfig replaced', connection.dsn()), /connection requires a valid client certificate/],
    'takes gssencmode for a parameter of the server': [(connection) => start('pgx', `${connection.dsn()} gssencmode=disable`), /unrecognized configuration parameter "gssencmode"/],
  },
};

const libPq: DriverUnderTest = {
  ...refusals,
  title: 'lib/pq',
  driver: 'lib/pq',
  ways: {
    'connection string': (connection) => start('lib/pq', connection.libPqDsn()),
    'variables': (connection) => start('lib/pq', '', connection.libpqEnvironment()),
  },
  onceMore: {
    'does not connect where PGCHANNELBINDING is set': [
      (connection) => start('lib/pq', connection.libPqDsn(), { PGCHANNELBINDING: 'prefer' }), /environment variable \$PGCHANNELBINDING is not supported/,
    ],
    'does not connect where PGGSSENCMODE is set': [
      (connection) => start('lib/pq', connection.libPqDsn(), { PGGSSENCMODE: 'disable' }), /environment variable \$PGGSSENCMODE is not supported/,
    ],
    'takes channel_binding for a parameter of the server': [(connection) => start('lib/pq', `${connection.libPqDsn()} channel_binding=prefer`), /unrecognized configuration parameter "channel_binding"/],
  },
  openKey: /private key has world access/,
};

driverCases([pgx, libPq], async () => { program = await buildGo(); });
