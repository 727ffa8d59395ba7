/** A document of a YAML text: offsets of its content, without the `---` above it. */
export interface DocumentSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The documents of a text, at `---` and `...` in the first column, where YAML allows nothing else. A text that follows on the line of `---` belongs to the document.
 *
 * @param text with `\n` as line ends
 */
export function splitDocuments(text: string): DocumentSpan[] {
  const spans: DocumentSpan[] = [];
  let start = 0;
  for (const [mark, line] of marks(text)) {
    spans.push({ start, end: line });
    start = line + mark.length;
  }
  spans.push({ start, end: text.length });
  return spans.filter(({ start: from, end }) => !isDirectives(text, from, end));
}

function* marks(text: string): Generator<readonly [string, number]> {
  const hasEnds = text.startsWith('...') || text.includes('\n...');
  let start = nextMark(text, '---', 0);
  let end = hasEnds ? nextMark(text, '...', 0) : -1;
  while (start !== -1 || end !== -1) {
    if (end === -1 || (start !== -1 && start < end)) {
      yield ['---', start];
      start = nextMark(text, '---', start + 3);
    } else {
      yield ['...', end];
      end = nextMark(text, '...', end + 3);
    }
  }
}

/** The next line from an offset on that begins with a mark and a blank. */
function nextMark(text: string, mark: string, from: number): number {
  if (from === 0 && text.startsWith(mark) && isBlank(text, mark.length)) { return 0; }
  for (let at = text.indexOf(`\n${mark}`, Math.max(0, from - 1)); at !== -1; at = text.indexOf(`\n${mark}`, at + 1)) {
    if (at + 1 >= from && isBlank(text, at + 1 + mark.length)) { return at + 1; }
  }
  return -1;
}

function isBlank(text: string, at: number): boolean {
  return at >= text.length || ' \t\n'.includes(text.charAt(at));
}

/** Whether a part holds directives such as `%YAML 1.1`, which stand above the `---` of their document. */
function isDirectives(text: string, start: number, end: number): boolean {
  return text.startsWith('%', start) || (text.charCodeAt(start) === 0x23 && /^(?:#.*\n|[ \t]*\n)*%(?:YAML|TAG) /.test(text.slice(start, Math.min(end, start + 2000))));
}
