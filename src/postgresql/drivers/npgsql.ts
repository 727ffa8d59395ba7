import { isIP } from 'node:net';
import type { ConnectionTarget } from './connection-target';
import { unsupported } from './unsupported';

const DRIVER = 'Npgsql';

/** The connection string of Npgsql. Source: Npgsql 9, `NpgsqlConnectionStringBuilder`; .NET, `DbConnectionStringBuilder`. */
export function npgsqlConnectionString(target: ConnectionTarget): string {
  const { hosts, port, database, user, password, tls, caFile, identity, sessionAttributes = 'any' } = target;
  if (hosts.length === 1 && sessionAttributes !== 'any') {
    unsupported(DRIVER, 'sessionAttributes', `is '${sessionAttributes}' with one host, which ${DRIVER} refuses`, 'leave it out, or give several hosts');
  }
  const settings: ReadonlyArray<readonly [string, string]> = [
    ['Host', hosts.map((host) => (isIP(host) === 6 && hosts.length > 1 ? `[${host}]` : host)).join(',')],
    ['Port', String(port)],
    ['Database', database],
    ['Username', user],
    ...(password === undefined ? [] : [['Password', password] as const]),
    ['SSL Mode', tls ? 'VerifyFull' : 'Disable'],
    ...(caFile === undefined ? [] : [['Root Certificate', caFile] as const]),
    ...(identity === undefined ? [] : [['SSL Certificate', identity.certificateFile], ['SSL Key', identity.keyFile]] as const),
    ...(sessionAttributes === 'any' ? [] : [['Target Session Attributes', sessionAttributes] as const]),
    ...(tls && password !== undefined ? [['Channel Binding', 'Require'] as const] : []),
  ];
  return settings.map(([name, value]) => `${name}=${quoted(value)}`).join(';');
}

/** As `DbConnectionStringBuilder.AppendKeyValuePair` writes values, but quoted more often. */
function quoted(value: string): string {
  return /^[\w./:,-]+$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
}
