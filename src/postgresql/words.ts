/** The words of each line of pg_hba.conf or pg_ident.conf that has any; quotes are kept, a backslash at the end joins lines. */
export function fileLines(file: string): string[][] {
  return file.replace(/\\\r?\n/g, ' ').split(/\r?\n/)
    .map((line) => [...line.matchAll(/#.*|((?:"(?:[^"]|"")*"|[^\s"#])+)/g)].flatMap(([, word]) => (word === undefined ? [] : [word])))
    .filter((words) => words.length > 0);
}

/** A word of such a file without its quotes. */
export function unquotedWord(word: string): string {
  return word.replace(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"'));
}

/** A word as such a file has it. What needs no quotes gets none: in quotes `all` and the like would lose their meaning. */
export function quotedWord(word: string): string {
  return /^[+/]?[A-Za-z0-9_.-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}

/** Text in columns, as people write these files. */
export function columns(rows: string[][]): string {
  const widths = rows[0]!.slice(0, -1).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n') + '\n';
}
