import { DATABASE_RULES } from './database-validation';
import { ENGINE_CONTAINERS } from './engines/engine-of';
import { WRITTEN_RULES as ENGINE_RULES } from './engines/statefulset/written-validation';
import { FEATURES } from './features';
import type { DatabaseContext, WrittenDatabase } from './plan/database-context';
import type { Rule } from '../rules';

/** Names that are reserved for this package, whether a database uses them or not. */
const OWN = { containers: [...ENGINE_CONTAINERS, ...FEATURES.flatMap(({ containers = [] }) => containers)] };

/** Rules for the properties of a Postgres construct; its Certificates and objects are checked by the rules for all manifests. */
export const POSTGRES_RULES: ReadonlyArray<Rule<DatabaseContext>> = [...DATABASE_RULES, ...FEATURES.flatMap(({ rules }) => rules?.(OWN) ?? [])];

/** Rules for the objects of a database as they are written, with patches applied. */
export const WRITTEN_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [...ENGINE_RULES, ...FEATURES.flatMap(({ writtenRules = [] }) => writtenRules)];
