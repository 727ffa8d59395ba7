import type { HbaRow } from '../../postgresql';

/** A row of pg_hba.conf in a message. */
export function describeRow({ type, databases, users, address, method }: HbaRow): string {
  return `the rule '${[type, databases.join(','), users.join(','), address, method].filter((part) => part !== undefined).join(' ')}'`;
}
