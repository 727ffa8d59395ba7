import { POSTGRES_IMAGES } from '../images';
import type { DatabaseContext } from '../plan/database-context';
import { Consequence, Rule, when } from '../../rules';

const MAJORS = Object.keys(POSTGRES_IMAGES);

export const majorVersionUnsupported: Rule<DatabaseContext> = {
  id: 'major-version-unsupported',
  code: 'PGTLS-P08',
  title: 'unsupported PostgreSQL major version',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL versioning policy',
  check: ({ plan }) => when(!MAJORS.includes(String(plan.major)), () => `PostgreSQL ${plan.major} is not a supported major version`),
  fix: `use one of ${MAJORS.join(', ')}`,
};
