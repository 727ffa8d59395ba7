import { createHash } from 'node:crypto';

/** The longest name of a volume, less what is appended. */
export const LONGEST_NAME = 59;

/** Prefix of the names of what a client has in its pods: of the database and the client; with a hash where that is too long. */
export function connectionName(database: string, alias: string): string {
  const name = `${database}-${alias}`;
  if (name.length <= LONGEST_NAME) { return name; }
  return `${name.slice(0, LONGEST_NAME - 9).replace(/-+$/, '')}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
