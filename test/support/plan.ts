import { Size } from 'cdk8s';
import { type PostgresProps, PostgresStorage, PostgresVersion } from '../../src';
import type { DatabasePlan } from '../../src/postgres/plan/database-plan';
import type { Feature } from '../../src/postgres/plan/feature';
import { resolvePlan } from '../../src/postgres/resolve-plan';

/** The plan of a database `db` in the namespace `demo`. */
export function planOf(props: Partial<PostgresProps> = {}, features?: ReadonlyArray<Feature>): DatabasePlan {
  return resolvePlan({ version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }), ...props }, { id: 'db', namespace: 'demo' }, features);
}
