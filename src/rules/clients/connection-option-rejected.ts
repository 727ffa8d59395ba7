import { describeClient, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const connectionOptionRejected: Rule<PodContext> = {
  id: 'connection-option-rejected',
  code: 'PGTLS-B40',
  severity: Severity.WARNING,
  title: 'connection option that the driver does not accept',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    source("asyncpg issue 737: connect() got an unexpected keyword argument 'sslmode'", 'https://github.com/MagicStack/asyncpg/issues/737'),
  ],
  check: ({ clients }, report) => {
    for (const client of clients) {
      const { rejectedOption: rejected, driver } = client;
      if (rejected !== undefined) { report(client.fieldOf(rejected.setting), `${describeClient(client)} has '${rejected.option}', which ${driver.name} rejects: ${rejected.error}`); }
    }
  },
  fix: 'set TLS in the program (connect_args of SQLAlchemy), or acknowledge the warning if the program removes the option',
};
