import { createHash } from 'node:crypto';
import { renderParameters, restartParameters } from '../../plan/parameters';
import type { DatabasePlan } from '../../plan/database-plan';

/** Parameters that are read at the start only. A running reloader reads its own script again when that changes. */
export function restartChecksum(plan: DatabasePlan): string {
  return createHash('sha256').update(renderParameters(restartParameters(plan.parameters, plan.major))).digest('hex').slice(0, 16);
}
