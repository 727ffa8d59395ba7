import type { Connection } from './connection';
import { connectionSettings, isSetting } from './connection-settings';
import { UNKNOWN_DRIVER } from './driver';

/** A `name=value` text; libpq's, which lib/pq and pgx read as well. */
export function parseConninfo(value: string): Connection | undefined {
  const pairs = conninfoPairs(value);
  // One pair alone could be anything; a connection has a host or a file of its own and something else.
  if (pairs.filter(([name]) => isSetting(name)).length < 2) { return undefined; }
  return { driver: UNKNOWN_DRIVER, settings: connectionSettings(pairs), options: new Map(pairs.filter(([name]) => !isSetting(name))) };
}

/** The parameters of a `name=value` text. */
export function conninfoPairs(value: string): ReadonlyArray<readonly [string, string]> {
  return [...value.matchAll(/(?:^|\s)(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))/g)]
    .map(([, name, quoted, bare]) => [name!, (quoted ?? bare ?? '').replace(/\\(.)/g, '$1')] as const);
}
