import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demandSystem } from './support';
import { driverCases } from '../drivers/support/driver-cases';
import { programOf } from '../drivers/support/programs';

demandSystem();

const folder = mkdtempSync(join(tmpdir(), 'psql-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = programOf('psql', 'program.sh');

driverCases([{
  title: 'psql',
  driver: 'psql',
  ways: {
    'variables': (connection) => ({ command: ['sh', program], env: connection.libpqEnvironment() }),
    'URI': (connection) => ({ command: ['sh', program, '--dbname', connection.uri()] }),
    'connection string': (connection) => ({ command: ['sh', program, '--dbname', connection.dsn()] }),
    'service file': (connection) => {
      const file = join(folder, 'pg_service.conf');
      writeFileSync(file, connection.serviceFile('orders'));
      return { command: ['sh', program], env: { PGSERVICEFILE: file, PGSERVICE: 'orders' } };
    },
  },
  withoutPassword: ['service file'],
  otherName: /server certificate for "\*?.*" .*does not match host name "localhost"/,
  otherCa: /certificate verify failed/,
  openKey: /private key file ".*" has group or world access/,
}]);
