import type { DatabaseContext } from '../../../plan/database-context';
import { booleanIn } from '../../../../postgresql';
import { Consequence, Rule, Severity } from '../../../../rules';
import { given } from './shared';

export const parameterRisksDataLoss: Rule<DatabaseContext> = {
  id: 'parameter-risks-data-loss',
  code: 'PGTLS-P25',
  severity: Severity.WARNING,
  title: 'server parameter that risks data loss',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, Write Ahead Log',
  check: ({ props }) => given(props)
    .filter(([name, value]) => ['fsync', 'full_page_writes', 'synchronous_commit'].includes(name.toLowerCase()) && booleanIn(value) === false)
    .map(([name]) => `parameter '${name}' is off: a crash can lose ${name.toLowerCase() === 'synchronous_commit' ? 'acknowledged commits' : 'the whole database'}`),
  fix: 'remove it, or acknowledge the warning if the data may be lost',
};
