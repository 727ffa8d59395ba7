import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import { postgresPage } from '../engine/sources';

export const tlsRemoved: ConsentRule<WorkloadChange> = {
  id: 'tls-removed',
  code: 'PGTLS-S11',
  severity: Severity.WARNING,
  title: 'TLS removed from a server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('libpq-ssl.html', 'SSL Support', 'clients with sslmode=require or stronger reject a server without TLS')],
  check: ({ called, before, after }, report) => {
    if (before.tls === true && after.tls === false) {
      report(after.tlsField, `${called} loses TLS: clients with sslmode=require or stronger cannot connect, and all other clients send passwords and data in plaintext`);
    }
  },
  fix: 'keep tls, or move every client to passwords and sslmode=prefer first and acknowledge the warning',
  fixInYaml: 'keep ssl on, or move every client to passwords and sslmode=prefer first and acknowledge the warning',
};
