import { reportRefusals } from './report-refusals';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { postgresFile, postgresPage } from '../engine/sources';

export const clientWithoutCertificate: Rule<PodContext> = {
  id: 'client-without-certificate',
  code: 'PGTLS-T26',
  title: 'client without a certificate where the server asks for one',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresFile('src/backend/libpq/auth.c', 'ClientAuthentication: connection requires a valid client certificate'),
    postgresPage('auth-cert.html', 'Certificate Authentication'),
  ],
  check: (context, report) => reportRefusals(context, report, 'client-certificate', ({ client }) => (client.isLibpq ? Severity.ERROR : Severity.WARNING)),
  fix: 'issue a client certificate for the role and name its files with sslcert and sslkey, or add a pg_hba.conf row without cert and clientcert for it',
};
