import type { AccessTableRow } from './access-table-row';

/** The databases of a row in words. */
export function describeDatabases(
  { databases, otherDatabases, exceptDatabases, databaseOfRole, replication }: Pick<AccessTableRow, 'databases' | 'otherDatabases' | 'exceptDatabases' | 'databaseOfRole' | 'replication'>,
  quoted: (name: string) => string,
): string {
  return [
    ...(!otherDatabases ? databases.map(quoted) : [exceptDatabases.length === 0 ? 'every database' : `every database but ${exceptDatabases.map(quoted).join(', ')}`]),
    ...(databaseOfRole ? ['the database with the name of the role'] : []),
    ...(replication ? ['replication'] : []),
  ].join(', ');
}
