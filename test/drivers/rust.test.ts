import { driverCases, type DriverUnderTest } from './support/driver-cases';
import { buildRust } from './support/install';
import type { Start } from './support/program';
import type { ClientConnectionProps } from '../../src';

let program: string;

function start(way: string, text: string, { caFile, certificateFile, keyFile }: ClientConnectionProps): Start {
  return { command: [program], settings: { way, text, ca: caFile, certificate: certificateFile, key: keyFile } };
}

const common: Pick<DriverUnderTest, 'install' | 'otherName' | 'otherCa'> = {
  install: async () => { program = await buildRust(); },
  otherName: /certificate not valid for name "localhost"/,
  otherCa: /invalid peer certificate: (UnknownIssuer|BadSignature)/,
};

describe('tokio-postgres with rustls', () => driverCases({
  ...common,
  driver: 'tokio-postgres',
  ways: { 'tokio-postgres, one connector': (connection, props) => start('tokio-postgres', connection.tokioPostgresDsn(), props) },
  waysThatReadAgain: { 'tokio-postgres, a connector for each connection': (connection, props) => start('tokio-postgres, files read again', connection.tokioPostgresDsn(), props) },
}));

describe('sqlx', () => driverCases({ ...common, driver: 'sqlx', ways: { 'sqlx, URL': (connection, props) => start('sqlx', connection.sqlxUrl(), props) } }));
