import { callOf } from '../pooler-call';
import { PoolMode } from '../pool-mode';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, pgBouncerPage, type Rule } from '../../../../rules';

export const statementPooling: Rule<DatabaseContext> = {
  id: 'statement-pooling',
  code: 'PGTLS-P174',
  title: 'pooler that refuses transactions of several statements',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBouncerPage('features.html', 'SQL feature map for pooling modes')],
  check: ({ plan: { declarations: { poolers } } }, report) => {
    for (const { name } of poolers.filter(({ options: { mode } }) => mode === PoolMode.STATEMENT)) {
      report(`${callOf(name)}.mode`, `pooler '${name}' returns a connection after each statement: BEGIN is refused`);
    }
  },
  fix: 'use PoolMode.TRANSACTION; or acknowledge it, if every client commits each statement by itself',
};
