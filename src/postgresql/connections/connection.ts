import type { ConnectionSettings } from './connection-settings';
import { type Driver, type DriverOptions, LIBPQ } from './driver';
import { parseConninfo } from './conninfo';
import { parseNpgsql } from './npgsql';
import { parseUri } from './uri';

/** What a text states about a connection, and whose rules it is read by. */
export interface Connection {
  readonly driver: Driver;
  readonly settings: ConnectionSettings;
  /** Its other options. */
  readonly options: DriverOptions;
  /** The option that its driver rejects, with the reason. */
  readonly rejected?: RejectedOption;
}

/** An option that its driver does not accept. */
export interface RejectedOption {
  readonly setting: keyof ConnectionSettings;
  readonly option: string;
  /** The error of the driver. */
  readonly error: string;
}

const NO_OPTIONS: DriverOptions = new Map();

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

/** A connection that libpq makes with these settings. */
export function libpqConnection(settings: ConnectionSettings): Connection {
  return { driver: LIBPQ, settings, options: NO_OPTIONS };
}
