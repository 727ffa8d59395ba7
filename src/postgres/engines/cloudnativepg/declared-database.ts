import { createHash } from 'node:crypto';
import type { DatabaseBasics } from '../../plan/database-basics';
import type { DatabasePlan, ObjectPlan } from '../../plan/database-plan';
import type { DeclaredDatabasePlan, DeclaredPlan } from '../../plan/declared-plan';
import { objectMetadata } from '../../plan/names';
import { OBJECT_RANK } from '../../plan/rank';
import { SUPERUSER } from '../../plan/roles';

/** The longest part of an object's name that a database gives. */
const LONGEST = 40;

/** A `Database` for each declared one. Their content is that of the plan once all is declared. */
export function declaredDatabases(basics: DatabaseBasics, { databases }: DeclaredPlan): ObjectPlan[] {
  return databases.map(({ name }): ObjectPlan => ({
    id: `database-${label(name)}`,
    kind: 'Database',
    name: objectName(basics, name),
    rank: OBJECT_RANK.PODS,
    manifest: (plan) => ({ ...databaseHead(plan, name), spec: renderDatabase(plan, plan.declared?.databases.find((one) => one.name === name) ?? { name, present: true }) }),
    head: (plan) => databaseHead(plan, name),
  }));
}

function databaseHead(plan: DatabasePlan, name: string): Record<string, unknown> {
  return { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database', metadata: objectMetadata(plan.name, objectName(plan, name)) };
}

/** Its owner is a required field; the default of PostgreSQL is the role that creates it. */
function renderDatabase({ name: cluster }: DatabasePlan, database: DeclaredDatabasePlan): Record<string, unknown> {
  const { name, present, owner = SUPERUSER, connectionLimit = -1, schemas = [], extensions = [] } = database;
  return {
    cluster: { name: cluster },
    name,
    owner,
    ensure: present ? 'present' : 'absent',
    ...(connectionLimit === -1 ? {} : { connectionLimit }),
    ...(schemas.length === 0 ? {} : { schemas: schemas.map((schema) => ({ name: schema.name, ...(schema.owner === undefined ? {} : { owner: schema.owner }) })) }),
    ...(extensions.length === 0 ? {} : { extensions: extensions.map((extension) => Object.fromEntries(Object.entries(extension).filter(([, value]) => value !== undefined))) }),
  };
}

function objectName({ name: cluster }: Pick<DatabaseBasics, 'name'>, name: string): string {
  return `${cluster}-${label(name)}`;
}

/** A name of PostgreSQL as part of a name of Kubernetes, with a hash where that had to be changed. */
function label(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST).replace(/^-|-$/g, '');
  if (plain === name) { return plain; }
  return [plain, createHash('sha256').update(name).digest('hex').slice(0, 8)].filter((part) => part !== '').join('-');
}
