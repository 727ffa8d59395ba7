import type { ConnectionTarget } from './connection-target';

/** Throws: a driver has no syntax for a value, and another value would be another connection. */
export function unsupported(driver: string, field: string, why: string, fix: string): never {
  throw new Error(`${driver}: ${field} ${why}; ${fix}`);
}

/** The host; throws if there are several. */
export function onlyHost(driver: string, { hosts }: ConnectionTarget): string {
  const [host] = hosts;
  return hosts.length === 1 && host !== undefined
    ? host
    : unsupported(driver, 'hosts', `has ${hosts.length} hosts, and ${driver} connects to one`, 'give a Service that selects the server that is meant');
}

/** Throws if a session with attributes is requested of a driver that cannot ask for them. */
export function anySession(driver: string, { sessionAttributes = 'any' }: ConnectionTarget): void {
  if (sessionAttributes !== 'any') {
    unsupported(driver, 'sessionAttributes', `is '${sessionAttributes}', which ${driver} does not check`, 'give a Service that selects the server that is meant');
  }
}

/** Throws for the names that a WHATWG URL takes for path segments, percent-encoded or not. */
export function noDotSegment(driver: string, { database }: ConnectionTarget): void {
  if (database === '.' || database === '..') {
    unsupported(driver, 'database', `is '${database}', which a URL cannot hold as a path`, 'rename the database, or give PGDATABASE and a URL without a database');
  }
}
