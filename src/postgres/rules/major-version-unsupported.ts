import { POSTGRES_IMAGES } from '../images';
import type { DatabaseContext } from '../plan/database-context';
import { Consequence, type Rule, source } from '../../rules';

const MAJORS = Object.keys(POSTGRES_IMAGES);

export const majorVersionUnsupported: Rule<DatabaseContext> = {
  id: 'major-version-unsupported',
  code: 'PGTLS-P08',
  title: 'unsupported PostgreSQL major version',
  consequence: Consequence.NEVER_READY,
  sources: [source('PostgreSQL, Versioning Policy', 'https://www.postgresql.org/support/versioning/')],
  check: ({ plan }, report) => {
    if (!MAJORS.includes(String(plan.major))) { report('version', `PostgreSQL ${plan.major} is not a supported major version`); }
  },
  fix: `use one of ${MAJORS.join(', ')}`,
};
