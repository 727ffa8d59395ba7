/** Where something stands in a text: line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A text with its name, in which offsets have positions. */
export class SourceText {
  public readonly text: string;
  private lineStarts: number[] | undefined;

  /**
   * @param name name of the text in positions, for example the path of a file
   * @param text the text; line ends become `\n`, and the last line gets one, as kubectl reads it
   * @param isNamed whether it was asked for by itself, and was not found among others
   */
  public constructor(public readonly name: string, text: string, public readonly isNamed = true) {
    const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    const withoutMark = lines.startsWith('\ufeff') ? lines.slice(1) : lines;
    this.text = withoutMark === '' || withoutMark.endsWith('\n') ? withoutMark : `${withoutMark}\n`;
  }

  public positionOf(offset: number): SourcePosition {
    this.lineStarts ??= lineStartsOf(this.text);
    const line = lastAtMost(this.lineStarts, offset);
    return { file: this.name, line: line + 1, column: offset - this.lineStarts[line]! + 1 };
  }

  /** The first offset of a span that is neither blank nor in a comment. */
  public firstContent(start: number, end: number): number {
    for (let at = start; at < end;) {
      const lineEnd = this.text.indexOf('\n', at);
      const found = /[^ \t]/.exec(this.text.slice(at, lineEnd))?.index ?? -1;
      if (found !== -1 && this.text.charAt(at + found) !== '#') { return at + found; }
      at = lineEnd + 1;
    }
    return start;
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) { starts.push(at + 1); }
  return starts;
}

/** Index of the last number of a sorted list that is at most `limit`. */
function lastAtMost(sorted: ReadonlyArray<number>, limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= limit) { low = middle; } else { high = middle - 1; }
  }
  return low;
}
