import type { ConnectionTarget } from './connection-target';
import { channelBinding, tlsAndSession } from './libpq';
import { hostAndPort, percentEncode, queryOf, userInfo } from './percent-encode';

/** The URL of SQLAlchemy with psycopg 3. Several hosts are parameters. Source: SQLAlchemy, PostgreSQL dialect, "Specifying multiple fallback hosts". */
export function sqlAlchemyUrl(target: ConnectionTarget): string {
  const { hosts, port, database, user, password } = target;
  const [host = ''] = hosts;
  const several = hosts.length > 1;
  const place = several ? '' : hostAndPort(host, port);
  return `postgresql+psycopg://${userInfo(user, password)}${place}/${percentEncode(database)}${queryOf([
    ...(several ? [['host', hosts.join(',')], ['port', String(port)]] as const : []),
    ...tlsAndSession(target),
    ...channelBinding(target),
  ])}`;
}

/** An entry of Django's `DATABASES`, which JSON can hold. Source: Django, Databases, "PostgreSQL connection settings". */
export interface DjangoDatabase {
  readonly ENGINE: string;
  readonly NAME: string;
  readonly USER: string;
  readonly HOST: string;
  readonly PORT: string;
  readonly PASSWORD?: string;
  readonly OPTIONS: Record<string, string>;
}

export function djangoDatabase(target: ConnectionTarget): DjangoDatabase {
  return {
    ENGINE: 'django.db.backends.postgresql',
    NAME: target.database,
    USER: target.user,
    HOST: target.hosts.join(','),
    PORT: String(target.port),
    ...(target.password === undefined ? {} : { PASSWORD: target.password }),
    OPTIONS: Object.fromEntries([...tlsAndSession(target), ...channelBinding(target)]),
  };
}
