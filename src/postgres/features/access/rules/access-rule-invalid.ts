import type { DatabaseContext } from '../../../plan/database-context';
import { asksForCertificate, HbaRow, networkAddressError } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';
import { own, describeRow } from './shared';

export const accessRuleInvalid: Rule<DatabaseContext> = {
  id: 'access-rule-invalid',
  code: 'PGTLS-P16',
  title: 'access rule not valid in pg_hba.conf',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, The pg_hba.conf File',
  check: (database) =>
    own(database).flatMap((row) => [
      ...when(row.type !== 'hostssl' && asksForCertificate(row),
        () => `${describeRow(row)} asks for a client certificate, but is not hostssl`),
      ...when(row.databases.length === 0 || row.users.length === 0, () => `${describeRow(row)} has no database or no role`),
      ...when([...row.databases, ...row.users].some((word) => word === '' || /[\n\r\0]/.test(word)), () => `${describeRow(row)} has a name that is empty or contains a line break`),
      ...when(database.plan.major < 16 && [...row.databases, ...row.users].some((word) => word.startsWith('/')),
        () => `${describeRow(row)} has a regular expression, which PostgreSQL ${database.plan.major} does not support`),
      ...addressFault(row),
    ]),
  fix: 'correct the rule as described in https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
};

function addressFault(row: HbaRow): string[] {
  const fault = row.address === undefined ? undefined : networkAddressError(row.address);
  return when(fault !== undefined, () => `${describeRow(row)}: address '${row.address}' ${fault}`);
}
