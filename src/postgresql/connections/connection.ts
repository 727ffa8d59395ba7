import type { ConnectionSettings } from './connection-settings';
import { type Driver, type DriverOptions, LIBPQ } from './driver';

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

/** A connection that libpq makes with these settings. */
export function libpqConnection(settings: ConnectionSettings): Connection {
  return { driver: LIBPQ, settings, options: NO_OPTIONS };
}
