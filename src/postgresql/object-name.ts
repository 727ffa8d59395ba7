/** The longest name of a role, a database or a schema. Source: PostgreSQL src/include/pg_config_manual.h, NAMEDATALEN. */
const LONGEST = 63;

/** Names that a database cannot have here: those that initdb creates, and words of pg_hba.conf and of drivers that mean something else. */
const DATABASES: ReadonlySet<string> = new Set(['postgres', 'template0', 'template1', 'all', 'replication', 'sameuser', 'samerole', 'samegroup']);

/** Names that PostgreSQL refuses for roles (`public`, `none`), and the superuser of initdb. Source: PostgreSQL src/backend/catalog/catalog.c, user.c. */
const ROLES: ReadonlySet<string> = new Set(['postgres', 'public', 'none', 'all', 'replication', 'current_user', 'current_role', 'session_user', 'user']);

/** Why a text cannot be the name of an object of PostgreSQL; undefined if it can. */
export function objectNameFault(name: string): string | undefined {
  if (name === '') { return 'is empty'; }
  const bytes = Buffer.byteLength(name);
  if (bytes > LONGEST) { return `is ${bytes} bytes long in UTF-8, at most ${LONGEST} are allowed`; }
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(name)) { return 'contains a control character, which pg_hba.conf and certificates cannot contain'; }
  return Buffer.from(name).toString() === name ? undefined : 'contains half of a character';
}

/** Why a role cannot have a name; undefined if it can. */
export function roleNameFault(name: string): string | undefined {
  return objectNameFault(name) ?? (name.startsWith('pg_') ? 'begins with pg_, which is reserved for PostgreSQL' : ROLES.has(name) ? 'is reserved' : undefined);
}

/** Why a database cannot have a name; undefined if it can. */
export function databaseNameFault(name: string): string | undefined {
  return objectNameFault(name) ?? (DATABASES.has(name) ? 'is reserved' : undefined);
}

/** Why a schema cannot have a name; undefined if it can. */
export function schemaNameFault(name: string): string | undefined {
  return objectNameFault(name) ?? (name.startsWith('pg_') || name === 'information_schema' ? 'is reserved for PostgreSQL' : undefined);
}
