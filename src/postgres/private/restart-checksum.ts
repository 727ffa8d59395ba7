import { createHash } from 'node:crypto';
import { renderParameters, restartParameters } from './parameters';
import type { PostgresPlan } from './plan';
import { script } from './scripts';

/** Annotation of the pod that changes with what only a new pod can take over; everything else is reloaded. */
export const RESTART_CHECKSUM = 'cdk8s-postgres-tls/restart-checksum';

/** Parameters that are read at the start only, and the script that a running reloader has already read. */
export function restartChecksum(plan: PostgresPlan): string {
  const text = renderParameters(restartParameters(plan.parameters, plan.major)) + script('reload.sh');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
