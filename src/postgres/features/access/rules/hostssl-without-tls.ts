import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule } from '../../../../rules';
import { own, describeRow } from './shared';

export const hostsslWithoutTls: Rule<DatabaseContext> = {
  id: 'hostssl-without-tls',
  code: 'PGTLS-P13',
  title: 'hostssl access rule although TLS is off',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, The pg_hba.conf File',
  check: (database) =>
    own(database).filter((row) => !database.plan.tls && row.type === 'hostssl').map((row) => `${describeRow(row)} can never match: TLS is off`),
  fix: 'set tls, or use a rule of type host',
};
