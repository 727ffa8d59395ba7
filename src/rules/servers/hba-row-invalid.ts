import { refusedRow } from '../../postgresql';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const hbaRowInvalid: Rule<PodContext> = {
  id: 'hba-row-invalid',
  code: 'PGTLS-T15',
  title: 'invalid pg_hba.conf row',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL src/backend/libpq/hba.c: at the start the server ends, at a reload it keeps the old rows',
  check: ({ servers }) => servers.filter(({ isOurs }) => !isOurs).flatMap(({ hba }) => (hba?.rows ?? []).flatMap((record) => {
    const fault = refusedRow(record);
    return when(fault !== undefined, () => `the row '${record.text}' ${fault}`);
  })),
  fix: 'correct the row as described in https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
};
