import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

export const tlsRemoved: ConsentRule<WorkloadChange> = {
  id: 'tls-removed',
  code: 'PGTLS-S11',
  severity: Severity.WARNING,
  title: 'TLS removed from a server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'libpq, SSL Support: clients with sslmode=require or stronger reject a server without TLS',
  check: (change) => when(change.before.tls === true && change.after.tls === false, () =>
    `${change.called} loses TLS: clients with sslmode=require or stronger cannot connect, and all other clients send passwords and `
      + 'data in plaintext'),
  fix: 'keep tls, or move every client to passwords and sslmode=prefer first and acknowledge the warning',
};
