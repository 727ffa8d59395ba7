import { createHash } from 'node:crypto';
import { renderParameters, restartParameters } from './parameters';
import type { PostgresPlan } from './plan';

/** Parameters that are read at the start only. A running reloader reads its own script again when that changes. */
export function restartChecksum(plan: PostgresPlan): string {
  return createHash('sha256').update(renderParameters(restartParameters(plan.parameters, plan.major))).digest('hex').slice(0, 16);
}
