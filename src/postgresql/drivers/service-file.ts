import type { ConnectionTarget } from './connection-target';
import { channelBinding, loginSettings, tlsAndSession } from './libpq';
import { unsupported } from './unsupported';

const FILE = 'pg_service.conf';

/** A section of `pg_service.conf`. The file knows no quotes: a value is the rest of its line. Source: PostgreSQL, fe-connect.c `parseServiceFile`. */
export function serviceFileSection(name: string, target: ConnectionTarget): string {
  if (!/^[^\s[\]]+$/.test(name)) { unsupported(FILE, 'name', `of a section is '${name}'`, 'give a name without spaces and brackets'); }
  // A password in a ConfigMap would be readable by everyone; libpq reads PGPASSWORD and PGPASSFILE.
  const settings = [...loginSettings(target).filter(([keyword]) => keyword !== 'password'), ...tlsAndSession(target), ...channelBinding(target)];
  return [`[${name}]`, ...settings.map(([keyword, value]) => `${keyword}=${lineValue(keyword, value)}`), ''].join('\n');
}

function lineValue(keyword: string, value: string): string {
  return value === value.trim() && !/[\r\n]/.test(value)
    ? value
    : unsupported(FILE, keyword, `is '${value}', and the file keeps no line break and no space at either end`, 'use the environment variables or the connection string');
}
