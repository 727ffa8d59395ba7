import { driverCases } from './support/driver-cases';
import { installPrisma } from './support/install';
import { programOf } from './support/programs';
import { DATABASE_OF_NODE } from './support/servers';

let folder: string;

driverCases([{
  title: 'Prisma',
  driver: 'node-postgres',
  database: DATABASE_OF_NODE,
  ways: {
    '@prisma/adapter-pg': (connection) => ({
      command: [process.execPath, programOf('prisma', 'program.mjs')], settings: { folder, uri: connection.nodePostgresUri() },
    }),
  },
  otherName: /Hostname\/IP does not match certificate's altnames/,
  otherCa: /unable to (verify the first certificate|get local issuer certificate)|self-signed certificate/,
}], async () => { folder = await installPrisma(); });
