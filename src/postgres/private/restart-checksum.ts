import { createHash } from 'node:crypto';
import { renderParameters, restartParameters } from './parameters';
import type { PostgresPlan } from './plan';

/** Annotation of the pod that changes with what only a new pod can take over; everything else is reloaded. */
export const RESTART_CHECKSUM = 'cdk8s-postgres-tls/restart-checksum';

/** Parameters that are read at the start only. A running reloader reads its own script again when that changes. */
export function restartChecksum(plan: PostgresPlan): string {
  return createHash('sha256').update(renderParameters(restartParameters(plan.parameters, plan.major))).digest('hex').slice(0, 16);
}
