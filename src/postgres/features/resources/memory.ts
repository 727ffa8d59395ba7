import { parameterAmount, sharedBuffersKib } from '../../plan/parameters';
import { Parameter } from '../../../postgresql';

const MIB = 1024;

/** The least that a server with its sidecars of one pod starts in. */
export const LEAST_MEMORY_KIB = 128 * MIB;

/**
 * Settings that follow from the memory limit: a quarter for shared buffers, three quarters assumed cached by the kernel, a
 * sixteenth for maintenance (never above 1 GB), and a connection for every ten mebibytes (25 to 500).
 *
 * Source: PostgreSQL documentation, "Resource Consumption", whose rule of thumb for a dedicated server is a quarter.
 */
export function memoryParameters(limitKib: number | undefined): Parameter[] {
  if (limitKib === undefined) { return []; }
  const mebibytes = limitKib / MIB;
  const megabytes = (amount: number) => `${Math.max(1, Math.floor(amount))}MB`;
  return [
    ['max_connections', Math.min(500, Math.max(25, Math.floor(mebibytes / 10)))],
    ['shared_buffers', megabytes(mebibytes / 4)],
    ['effective_cache_size', megabytes(mebibytes * 3 / 4)],
    ['maintenance_work_mem', megabytes(Math.min(1024, mebibytes / 16))],
  ];
}

/**
 * Kibibytes that the settings claim for sure: shared buffers, unless they lie in huge pages, one maintenance operation and what every
 * connection costs idle.
 */
export function claimedKib(plan: { readonly parameters: ReadonlyArray<Parameter> }, hugePages: boolean): number {
  return (hugePages ? 0 : sharedBuffersKib(plan)) + parameterAmount(plan, 'maintenance_work_mem', 'kB') + parameterAmount(plan, 'max_connections', '') * 2 * MIB;
}
