import type { AskedParts } from '../../plan/database-plan';
import { parameterValue } from '../../plan/parameters';
import { Parameter } from '../../../postgresql';

/** Connections that ordinary sessions cannot take, from 16 on: for the roles of the pod and for troubleshooting. */
const RESERVED_CONNECTIONS = 3;

/**
 * What keeps a database operable: connections for the roles of the pod, unless the user's own limit leaves no room for them, and no settings
 * beside those of the manifest.
 */
export function operationParameters(plan: Pick<AskedParts, 'major' | 'parameters'>): Parameter[] {
  const [most, kept] = [Number(parameterValue(plan, 'max_connections')), Number(parameterValue(plan, 'superuser_reserved_connections'))];
  return [
    ...(plan.major >= 16 && (Number.isNaN(most) || most > kept + RESERVED_CONNECTIONS) ? [['reserved_connections', RESERVED_CONNECTIONS] as const] : []),
    ...(plan.major >= 17 ? [['allow_alter_system', false] as const] : []),
  ];
}
