import { columns, quoted } from './hba-row';
import type { UserMapping } from '../access-rule';

/** The text of pg_ident.conf. */
export function renderUserMap(mappings: ReadonlyArray<UserMapping>): string {
  return columns([
    ['# MAPNAME', 'SYSTEM-USERNAME', 'DATABASE-USERNAME'],
    // A regular expression or a role with a capture must not be taken for a bare word with an escape in it.
    ...mappings.map(({ map, systemUser, databaseUser }) => [quoted(map), quoted(systemUser), quoted(databaseUser)]),
  ]);
}
