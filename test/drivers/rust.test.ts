import { driverCases, type DriverUnderTest } from './support/driver-cases';
import { buildRust } from './support/install';
import type { Start } from './support/program';
import type { ClientConnectionProps } from '../../src';

let program: string;

function start(way: string, text: string, { caFile, certificateFile, keyFile }: ClientConnectionProps): Start {
  return { command: [program], settings: { way, text, ca: caFile, certificate: certificateFile, key: keyFile } };
}

const refusals: Pick<DriverUnderTest, 'otherName' | 'otherCa'> = {
  otherName: /certificate not valid for name "localhost"/,
  otherCa: /invalid peer certificate: (UnknownIssuer|BadSignature)/,
};

const tokioPostgres: DriverUnderTest = {
  ...refusals,
  title: 'tokio-postgres with rustls',
  driver: 'tokio-postgres',
  ways: { 'one connector': (connection, props) => start('tokio-postgres', connection.tokioPostgresDsn(), props) },
  waysThatReadAgain: { 'a connector for each connection': (connection, props) => start('tokio-postgres, files read again', connection.tokioPostgresDsn(), props) },
};

const sqlx: DriverUnderTest = {
  ...refusals,
  title: 'sqlx',
  driver: 'sqlx',
  ways: {
    'URL': (connection, props) => start('sqlx', connection.sqlxUrl(), props),
    'variables': (connection, props) => ({ ...start('sqlx, variables', '', props), env: connection.libpqEnvironment() }),
  },
};

driverCases([tokioPostgres, sqlx], async () => { program = await buildRust(); });
