import { driverCases } from '../drivers/support/driver-cases';
import { programOf } from '../drivers/support/programs';
import { DATABASE_OF_NODE } from '../drivers/support/servers';

driverCases([{
  title: 'node-postgres',
  driver: 'node-postgres',
  database: DATABASE_OF_NODE,
  ways: {
    'connection string': (connection) => ({
      command: [process.execPath, programOf('node-postgres', 'program.mjs')], settings: { uri: connection.nodePostgresUri() },
    }),
  },
  otherName: /Hostname\/IP does not match certificate's altnames/,
  otherCa: /unable to (verify the first certificate|get local issuer certificate)|self-signed certificate/,
}]);
