import { isIP } from 'node:net';
import { AnyHbaRow } from './row';
import { isMereName } from './mere-name';
import { fileLines, unquotedWord } from '../words';

/** A row of pg_hba.conf as written in a file. */
export interface ParsedHbaRow extends AnyHbaRow {
  /** The row itself, blanks evened out, as messages give it. */
  readonly text: string;
}

/** The content of a pg_hba.conf. */
export interface HbaFile {
  readonly rows: ReadonlyArray<ParsedHbaRow>;
  /** Whether no rows or words stand in other files. */
  readonly isComplete: boolean;
}

export function parseHba(text: string): HbaFile {
  // A word that starts with @ names a file of words; include directives name files of rows (16 and later).
  const lines = fileLines(text);
  const isInclude = (words: string[]) => /^include(_if_exists|_dir)?$/.test(words[0]!);
  return {
    rows: lines.filter((words) => !isInclude(words)).map(parseRow),
    isComplete: !lines.some((words) => isInclude(words) || words.some((word) => word.startsWith('@'))),
  };
}

function parseRow(words: string[]): ParsedHbaRow {
  const [type = '', databases = '', users = '', ...rest] = words;
  // `a, b` is one list, which is how people write it; glue what a comma holds together.
  if (databases.endsWith(',') || users.startsWith(',')) { return { ...parseRow([type, `${databases}${users}`, ...rest]), text: words.join(' ') }; }
  if (users.endsWith(',') || rest[0]?.startsWith(',')) { return { ...parseRow([type, databases, `${users}${rest[0] ?? ''}`, ...rest.slice(1)]), text: words.join(' ') }; }
  const [address, after] = type === 'local' ? [undefined, rest] : addressOf(rest);
  const [method = '', ...options] = after;
  return {
    text: words.join(' '),
    type,
    databases: listOf(databases),
    users: listOf(users),
    address,
    method: unquotedWord(method),
    options: options.map(unquotedWord).map((option) => [option.split('=')[0]!, option.slice(option.indexOf('=') + 1)]),
  };
}

/** An address may be followed by a mask of its own. */
function addressOf([address = '', mask, ...rest]: string[]): [string, string[]] {
  if (mask === undefined) { return [unquotedWord(address), []]; }
  return isIP(address) !== 0 && isIP(mask) !== 0 ? [`${address}/${mask}`, rest] : [unquotedWord(address), [mask, ...rest]];
}

function listOf(words: string): string[] {
  return (words.match(/(?:"(?:[^"]|"")*"|[^,"])+/g) ?? []).map((word) => (isMereName(word) ? word : unquotedWord(word)));
}
