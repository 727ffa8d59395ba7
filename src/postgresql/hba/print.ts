import { AnyHbaRow } from './row';
import { isMereName } from './mere-name';
import { columns, quotedWord } from '../words';
import { memoizeLast } from '../../data';

/** The text of pg_hba.conf. The file and the rules about it ask for that of the same rows. */
export const printHba = memoizeLast((rows: ReadonlyArray<AnyHbaRow>): string => columns([
  ['# TYPE', 'DATABASE', 'USER', 'ADDRESS', 'METHOD'],
  ...rows.map(cells),
]));

/** A row alone, for lists of rows. */
export function printHbaRow(row: AnyHbaRow): string {
  return cells(row).filter((cell) => cell !== '').join(' ');
}

function cells(row: AnyHbaRow): string[] {
  return [
    row.type, row.databases.map(printed).join(','), row.users.map(printed).join(','), row.address ?? '',
    [row.method, ...row.options.map(([name, value]) => `${name}=${quotedWord(value)}`)].join(' '),
  ];
}

function printed(word: string): string {
  return isMereName(word) ? word : quotedWord(word);
}
