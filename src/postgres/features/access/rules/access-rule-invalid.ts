import { describeRow } from '../../../plan/describe-row';
import { givenRows } from './given-rows';
import type { DatabaseContext } from '../../../plan/database-context';
import { asksForCertificate, type HbaRow, networkAddressError } from '../../../../postgresql';
import { Consequence, postgresFile, postgresPage, type Rule } from '../../../../rules';

export const accessRuleInvalid: Rule<DatabaseContext> = {
  id: 'access-rule-invalid',
  code: 'PGTLS-P16',
  title: 'access rule not valid in pg_hba.conf',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File'), postgresFile('src/backend/libpq/hba.c', 'parse_hba_line')],
  check: (database, report) => {
    const { major } = database.plan;
    for (const { field, row } of givenRows(database)) {
      const broken = placeOfWord(row, (word) => word === '' || /[\n\r\0]/.test(word));
      const expression = placeOfWord(row, (word) => word.startsWith('/'));
      const fault = row.address === undefined ? undefined : networkAddressError(row.address);
      if (row.type !== 'hostssl' && asksForCertificate(row)) { report(`${field}.method`, `${describeRow(row)} asks for a client certificate, but is not hostssl`); }
      if (row.databases.length === 0 || row.users.length === 0) {
        report(`${field}.${row.databases.length === 0 ? 'databases' : 'users'}`, `${describeRow(row)} has no database or no role`);
      }
      if (broken !== undefined) { report(`${field}.${broken}`, `${describeRow(row)} has a name that is empty or contains a line break`); }
      if (major < 16 && expression !== undefined) {
        report(`${field}.${expression}`, `${describeRow(row)} has a regular expression, which PostgreSQL ${major} does not support`);
      }
      if (fault !== undefined) { report(`${field}.address`, `${describeRow(row)}: address '${row.address}' ${fault}`); }
    }
  },
  fix: 'correct the rule as described in https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
};

/** Where the first such word of a rule stands; undefined without any. */
function placeOfWord({ databases, users }: HbaRow, isSuch: (word: string) => boolean): string | undefined {
  const [database, user] = [databases.findIndex(isSuch), users.findIndex(isSuch)];
  if (database >= 0) { return `databases[${database}]`; }
  return user >= 0 ? `users[${user}]` : undefined;
}
