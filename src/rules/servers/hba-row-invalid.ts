import { refusedRow } from '../../postgresql';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile } from '../engine/sources';

export const hbaRowInvalid: Rule<PodContext> = {
  id: 'hba-row-invalid',
  code: 'PGTLS-T15',
  title: 'invalid pg_hba.conf row',
  consequence: Consequence.NEVER_READY,
  sources: [postgresFile('src/backend/libpq/hba.c', 'load_hba: at the start the server ends, at a reload it keeps the old rows')],
  check: ({ servers, manifests: { assumptions } }, report) => {
    // In an app the rules of its construct check the file of a Postgres; in YAML it may have been edited since.
    for (const server of servers.filter(({ isOurs }) => !(isOurs && assumptions.isApp))) {
      for (const row of server.hba?.rows ?? []) {
        const fault = refusedRow(row);
        if (fault !== undefined) { report(server.hbaField, `the row '${row.text}' ${fault}`); }
      }
    }
  },
  fix: 'correct the row as described in https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
};
