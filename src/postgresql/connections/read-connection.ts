import { type Connection } from './connection';
import type { ConnectionSettings } from './connection-settings';
import { parseConninfo } from './conninfo';
import { parseNpgsql } from './npgsql';
import { parseUri } from './uri';

/** The connection in a URI, in a `name=value` text or in a connection string of Npgsql; undefined where a text is none of them. */
export function readConnection(value: string): Connection | undefined {
  if (value.includes('://')) { return parseUri(value.trim()); }
  if (value.includes(';')) { return parseNpgsql(value); }
  return value.includes('=') && value.includes(' ') ? parseConninfo(value) : undefined;
}

/** The settings of such a text alone. */
export function parseConnection(value: string): ConnectionSettings | undefined {
  return readConnection(value)?.settings;
}
