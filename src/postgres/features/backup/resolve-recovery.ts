import type { RecoveryOptions } from './recovery';
import { type RepositoryPlan, resolveRepository } from './resolve-repository';
import type { DatabaseBasics } from '../../plan/database-basics';

/** A recovery with every default applied. */
export interface RecoveryPlan {
  readonly name: string;
  readonly release: string;
  readonly repository: RepositoryPlan;
  /** As pgBackRest has it: its option `type`. */
  readonly type: 'default' | 'time' | 'lsn' | 'name';
  /** Undefined for the end of the archive. */
  readonly target?: string;
}

/** Applies defaults. A rule reports several targets. */
export function resolveRecovery(options: RecoveryOptions, { name, namespace }: DatabaseBasics): RecoveryPlan {
  const { database, namespace: other = namespace, time, lsn, name: point } = options;
  const [type, target] = time !== undefined ? ['time', time] as const : lsn !== undefined ? ['lsn', lsn] as const : point !== undefined ? ['name', point] as const : ['default', undefined] as const;
  return {
    name: `${name}-recovery`, release: options.version, repository: resolveRepository(options.repository, database, other), type,
    target: type === 'time' ? postgresTime(target!) : target,
  };
}

/** As PostgreSQL and pgBackRest both read it: `2026-11-29 09:30:00+00`. */
function postgresTime(time: string): string {
  const milliseconds = recoveryTime(time);
  return milliseconds === undefined ? time : `${new Date(milliseconds).toISOString().replace('T', ' ').replace(/(\.000)?Z$/, '')}+00`;
}

/** The moment in milliseconds; undefined if the text is not a moment with a zone. */
export function recoveryTime(time: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d(:?\d\d)?)$/.test(time)) { return undefined; }
  const milliseconds = Date.parse(time.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  // Date.parse takes 31 February for 3 March.
  const [year, month, day] = time.slice(0, 10).split('-').map(Number);
  const isDay = new Date(Date.UTC(year!, month! - 1, day!)).getUTCDate() === day;
  return Number.isNaN(milliseconds) || !isDay ? undefined : milliseconds;
}
