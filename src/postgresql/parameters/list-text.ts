/** Whitespace between the words of a list. */
const SPACE = /[ \t\n\v\f\r]/;

interface ListSyntax {
  /** Whether words without quotes may hold spaces. */
  readonly spaces?: boolean;
  /** Whether words without quotes are folded to lower case. */
  readonly folds?: boolean;
}

/**
 * The words of a list of identifiers, in lower case if they are not quoted; undefined if the list is not valid.
 *
 * Source: PostgreSQL src/backend/utils/adt/varlena.c, SplitIdentifierString.
 */
export function identifiersIn(value: string): string[] | undefined {
  return split(value, { folds: true });
}

/**
 * The file names of a list, in which spaces need no quotes; undefined if the list is not valid.
 *
 * Source: PostgreSQL src/backend/utils/adt/varlena.c, SplitDirectoriesString.
 */
export function fileNamesIn(value: string): string[] | undefined {
  return split(value, { spaces: true });
}

function split(value: string, { spaces = false, folds = false }: ListSyntax): string[] | undefined {
  const words: string[] = [];
  let rest = skip(value);
  if (rest === '') { return words; }
  const bare = spaces ? /^[^,]+/ : /^[^, \t\n\v\f\r]+/;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const found = quoted ?? (rest.startsWith('"') ? null : bare.exec(rest));
    if (found === null) { return undefined; }
    const word = quoted ? quoted[1]!.replaceAll('""', '"') : folds ? found[0].toLowerCase() : found[0].trimEnd();
    words.push(folds ? cut(word) : word);
    rest = skip(rest.slice(found[0].length));
    if (rest === '') { return words; }
    if (!rest.startsWith(',')) { return undefined; }
    rest = skip(rest.slice(1));
  }
}

/** Truncates a name to 63 bytes (NAMEDATALEN), between characters. */
function cut(word: string): string {
  let text = word;
  while (Buffer.byteLength(text) > 63) { text = text.slice(0, -1); }
  return text;
}

function skip(text: string): string {
  let at = 0;
  while (at < text.length && SPACE.test(text[at]!)) { at += 1; }
  return text.slice(at);
}
