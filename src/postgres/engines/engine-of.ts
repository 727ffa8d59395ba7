import { cloudNativePg } from './cloudnativepg/engine';
import { patroni } from './patroni/engine';
import { statefulSet } from './statefulset/engine';
import type { DatabaseBasics } from '../plan/database-basics';
import type { Engine } from '../plan/engine';

/** The engines, by the name of the choice in `highAvailability`; without one, PostgreSQL itself runs in one pod. */
const ENGINES: Readonly<Record<DatabaseBasics['availability']['engine'], Engine>> = {
  statefulset: statefulSet,
  patroni,
  cloudnativepg: cloudNativePg,
};

/** What runs a database. */
export function engineOf({ availability }: Pick<DatabaseBasics, 'availability'>): Engine {
  return ENGINES[availability.engine];
}

/** Container names that an engine has for itself. */
export const ENGINE_CONTAINERS: ReadonlyArray<string> = [...new Set(Object.values(ENGINES).flatMap(({ containers }) => containers))];
