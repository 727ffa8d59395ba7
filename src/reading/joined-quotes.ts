/** Characters of the private use area that stand for nothing, and for a line break. */
const NOTHING = '\ue000';
const BREAK = '\ue001';

/** The beginning of a line up to a quoted value: list items, a key, an anchor and a tag. */
const QUOTED_VALUE = /^ *(?:- +)*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s'"#[\]{}&*!|>%@,-][^\n]*?) *: +)?(?:[&!]\S* +){0,2}(?=["'])/;

/** The end of a line whose value is in the lines below it, as a text in block style. */
const BLOCK_TEXT = /(?:^|[:\s-])[|>][+-]?\d?[+-]? *(?: #.*)?$/;

/**
 * The text, of the same length, in which the lines of quoted texts in block style are joined.
 *
 * go-yaml, which Kubernetes uses, accepts lines of a quoted text that are indented no deeper than its key, as controller-gen and people write them; YAML does not.
 * `unjoined` gives the texts back.
 */
export function joinedQuotes(text: string): string | undefined {
  if (text.includes(NOTHING) || text.includes(BREAK)) { return undefined; }
  let result = '';
  let copied = 0;
  let block = -1;
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start);
    let end = next === -1 ? text.length : next;
    const line = text.slice(start, end);
    const indent = line.search(/[^ ]/);
    if (indent !== -1 && indent <= block) { block = -1; }
    if (indent !== -1 && block === -1) {
      const quote = QUOTED_VALUE.exec(line);
      const closing = quote === null ? -1 : closingQuote(text, start + quote[0].length);
      if (closing > end) {
        const open = start + quote![0].length;
        result += text.slice(copied, open) + joinedLines(text.slice(open, closing), text.charAt(open) === '"');
        copied = closing;
        end = text.indexOf('\n', closing);
        if (end === -1) { break; }
      } else if (quote === null && BLOCK_TEXT.test(line)) { block = indent; }
    }
    start = end + 1;
  }
  return copied === 0 ? undefined : result + text.slice(copied);
}

/** The text of a scalar in a document whose lines were joined. */
export function unjoined(text: string): string {
  return text.replaceAll(NOTHING, '').replaceAll(BREAK, '\n');
}

/** The offset of the quote that closes the one at an offset, or -1. */
function closingQuote(text: string, open: number): number {
  const quote = text.charAt(open);
  for (let at = open + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && quote === '"') { at++; } else if (character === quote) {
      if (quote === '"' || text.charAt(at + 1) !== quote) { return at; }
      at++;
    }
  }
  return -1;
}

/** A line break is a space, several are one less; after a backslash there is none. */
function joinedLines(text: string, hasEscapes: boolean): string {
  return text.replace(/(\\?)([ \t]*\n[ \t\n]*)/g, (whole: string, backslash: string, space: string, offset: number) => {
    const breaks = space.split('\n').length - 1;
    if (backslash !== '' && !hasEscapes) { return backslash + filler(breaks, space.length); }
    const isEscaped = backslash !== '' && space.startsWith('\n') && !isEscapedItself(text, offset);
    if (backslash !== '' && !isEscaped) { return backslash + filler(breaks, space.length); }
    return isEscaped ? BREAK.repeat(breaks - 1).padEnd(whole.length, NOTHING) : filler(breaks, space.length);
  });
}

function filler(breaks: number, length: number): string {
  return (breaks === 1 ? ' ' : BREAK.repeat(breaks - 1)).padEnd(length, NOTHING);
}

/** Whether the backslash at an offset is the second one of a pair. */
function isEscapedItself(text: string, offset: number): boolean {
  let count = 0;
  while (text.charAt(offset - 1 - count) === '\\') { count++; }
  return count % 2 === 1;
}
