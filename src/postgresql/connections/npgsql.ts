import type { Connection } from './connection';
import { connectionSettings } from './connection-settings';
import { NPGSQL } from './driver';

/** Source: Npgsql 8, NpgsqlConnectionStringBuilder.cs: names, their synonyms, and values without regard to case. */
const NAMES: Readonly<Record<string, string>> = {
  host: 'host', server: 'host', port: 'port', database: 'dbname', db: 'dbname', username: 'user', userid: 'user', uid: 'user',
  sslmode: 'sslmode', sslcertificate: 'sslcert', sslkey: 'sslkey', rootcertificate: 'sslrootcert',
};
const MODES: Readonly<Record<string, string>> = { verifyca: 'verify-ca', verifyfull: 'verify-full' };

/** A connection string of .NET that names a host and more; `Server` alone could be that of another database. */
export function parseNpgsql(value: string): Connection | undefined {
  if (!/(?:^|;)\s*host\s*=/i.test(value)) { return undefined; }
  const pairs = [...value.matchAll(/(?:^|;)\s*([A-Za-z][\w ]*?)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^;]*))/g)].map(([, name, double, single, bare]) => {
    const setting = NAMES[name!.toLowerCase().replace(/[ _]/g, '')] ?? '';
    const given = (double ?? single ?? bare ?? '').trim();
    return [setting, setting === 'sslmode' ? MODES[given.toLowerCase().replace('-', '')] ?? given.toLowerCase() : given] as const;
  });
  if (!pairs.some(([name]) => name === 'dbname' || name === 'user')) { return undefined; }
  const places = pairs.filter(([name]) => name === 'host').flatMap(([, hosts]) => hosts.split(',').map((place) => /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(place.trim())));
  const port = pairs.find(([name]) => name === 'port')?.[1] ?? '';
  return {
    driver: NPGSQL,
    settings: connectionSettings([
      ...pairs.filter(([name]) => name !== 'host' && name !== 'port'),
      ['host', places.map((place) => place?.[1] ?? '').join(',')],
      ['port', places.map((place) => place?.[2] ?? port).join(',')],
    ]),
    options: new Map(),
  };
}
