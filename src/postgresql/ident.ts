import { columns, fileLines, quotedWord, unquotedWord } from './words';

/** A row of pg_ident.conf: which system user may log in as which role. */
export interface IdentRow {
  readonly map: string;
  readonly systemUser: string;
  readonly databaseUser: string;
}

/** The text of pg_ident.conf. */
export function printIdent(rows: ReadonlyArray<IdentRow>): string {
  return columns([
    ['# MAPNAME', 'SYSTEM-USERNAME', 'DATABASE-USERNAME'],
    ...rows.map(cells),
  ]);
}

/** A row alone, for lists of rows. */
export function printIdentRow(row: IdentRow): string {
  return cells(row).join(' ');
}

/** A regular expression or a role with a capture must not be taken for a bare word with an escape in it. */
function cells({ map, systemUser, databaseUser }: IdentRow): string[] {
  return [quotedWord(map), quotedWord(systemUser), quotedWord(databaseUser)];
}

export function parseIdent(text: string): IdentRow[] {
  return fileLines(text).map((words) => words.map(unquotedWord))
    .map(([map = '', systemUser = '', databaseUser = '']) => ({ map, systemUser, databaseUser }));
}
