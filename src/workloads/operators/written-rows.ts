import { forEachString } from '../../data';
import { type HbaFile, type ParsedHbaRow, parseHba } from '../../postgresql';

/** A row of pg_hba.conf in an object of an operator. */
export interface WrittenRow {
  readonly row: ParsedHbaRow;
  /** Its place in the object. */
  readonly field: string;
}

/** pg_hba.conf as an operator writes it. */
export interface OperatorHba extends HbaFile {
  /** The rows that the operator adds after those of the object. */
  readonly appended: ReadonlyArray<ParsedHbaRow>;
}

/** A list of rows in an object. */
export interface WrittenRows {
  readonly rows: ReadonlyArray<WrittenRow>;
  /** Whether no rows or words stand in other files. */
  readonly isComplete: boolean;
}

/** CloudNativePG writes a row for each pod that a selector matches. Source: CloudNativePG pkg/postgres/hba/hba.go, ExpandLine. */
const POD_SELECTOR = /\$\{podselector:[^}]+\}/;

/** What another tool fills in. */
const PLACEHOLDER = /\$[{(]|\{\{/;

/** The rows of a list of texts. */
export function writtenRows(list: unknown, path: string): WrittenRows {
  const rows: WrittenRow[] = [];
  let isComplete = true;
  forEachString(list, (line, index) => {
    // An unknown address is read as a host name, which may be that of any client.
    const selector = POD_SELECTOR.exec(line)?.[0];
    if (PLACEHOLDER.test(selector === undefined ? line : line.replace(selector, ''))) {
      isComplete = false;
      return;
    }
    const file = parseHba(selector === undefined ? line : line.replace(selector, 'podselector'));
    isComplete &&= file.isComplete;
    for (const row of file.rows) { rows.push({ row: selector === undefined ? row : { ...row, text: line.trim() }, field: `${path}[${index}]` }); }
  });
  return { rows, isComplete };
}

/** Rows before and after those of an object. */
export function hbaAround(before: string, written: ReadonlyArray<WrittenRows>, after: string): OperatorHba {
  const appended = parseHba(after).rows;
  return {
    rows: [...parseHba(before).rows, ...written.flatMap(({ rows }) => rows.map(({ row }) => row)), ...appended],
    isComplete: written.every(({ isComplete }) => isComplete),
    appended,
  };
}
