import { plainValue } from './plain-value';

/** Offsets of the fields and items of each mapping and list of a document. */
export type Places = Map<object, Map<string | number, number>>;

/**
 * The value of a YAML document in the plain block style that `kubectl`, `helm` and cdk8s print: block mappings and lists, scalars on one line, literal blocks.
 *
 * Undefined for everything else, also for what is invalid: the caller then uses a complete parser. What it does read, it reads as that one does
 * (test/reading/block-yaml.test.ts), in a sixth of the time.
 *
 * @param text a document without its `---`, with `\n` as line ends
 * @param places filled with the offsets of all fields and items, if given
 */
export function parseBlockYaml(text: string, places?: Places): { readonly value: unknown } | undefined {
  try {
    return { value: new BlockParser(text, places).document() };
  } catch (error) {
    if (error === UNSUPPORTED) { return undefined; }
    throw error;
  }
}

/** Thrown without a stack of its own: it is not an error, but the way back to the caller. */
const UNSUPPORTED = new Error('not in plain block style');

/** Recursion is bounded; deeper documents are left to the complete parser. */
const MAX_DEPTH = 100;

const LINE_FEED = 10, TAB = 9, SPACE = 32, DOUBLE_QUOTE = 34, HASH = 35, SINGLE_QUOTE = 39, DASH = 45, COLON = 58, BACKSLASH = 92;

/** Characters that begin something else than a plain scalar. */
const INDICATORS = new Set([...'"\'#&*!|>%@`?,[]{}'].map((character) => character.charCodeAt(0)));

/** First characters of a key without quotes; others are left to the complete parser. */
const KEY_STARTS = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./') { KEY_STARTS[character.charCodeAt(0)] = 1; }

const JSON_ESCAPES = /^(?:[^\\]|\\["\\/bfnrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*$/;

class BlockParser {
  /** The current line: offset and column of its first character that is not a space (column -1 after the last line), and its end. */
  private start = 0;
  private indent = -1;
  private end = -1;
  private depth = 0;

  public constructor(private readonly text: string, private readonly places: Places | undefined) {}

  public document(): unknown {
    this.nextLine();
    if (this.indent === -1) { return null; }
    const value = this.block(this.indent);
    if (this.indent !== -1) { throw UNSUPPORTED; }
    return value;
  }

  /** Moves on to the next line that has more than a comment. */
  private nextLine(): void {
    const { text } = this;
    const { length } = text;
    let line = this.end + 1;
    while (line < length) {
      const start = this.pastSpaces(line);
      const code = text.charCodeAt(start);
      if (start >= length) { break; }
      if (code === LINE_FEED) {
        line = start + 1;
      } else if (code === HASH) {
        line = this.lineEnd(start) + 1;
      } else {
        if (code === TAB) { throw UNSUPPORTED; }
        this.start = start;
        this.indent = start - line;
        this.end = this.lineEnd(start);
        return;
      }
    }
    this.start = length;
    this.end = length;
    this.indent = -1;
  }

  private block(indent: number): unknown {
    if (++this.depth > MAX_DEPTH) { throw UNSUPPORTED; }
    const value = this.isDash(this.start) ? this.list(indent) : this.mapping(indent);
    this.depth--;
    return value;
  }

  private mapping(indent: number): unknown {
    const fields: Record<string, unknown> = {};
    const places = this.placesOf(fields);
    do {
      const at = this.start;
      const colon = this.keyEnd(at);
      const key = this.key(at, colon);
      // A key that occurs twice, and one that JavaScript understands otherwise.
      if (Object.hasOwn(fields, key) || key === '__proto__') { throw UNSUPPORTED; }
      places?.set(key, at);
      fields[key] = this.value(colon + 1, indent);
    } while (this.indent === indent);
    if (this.indent > indent) { throw UNSUPPORTED; }
    return fields;
  }

  private list(indent: number): unknown {
    const items: unknown[] = [];
    const places = this.placesOf(items);
    do {
      const at = this.pastSpaces(this.start + 1);
      places?.set(items.length, this.isComment(at) ? this.start : at);
      if (this.isComment(at)) {
        this.nextLine();
        items.push(this.indent > indent ? this.block(this.indent) : null);
      } else if (this.isDash(at) || this.keyEnd(at) !== -1) {
        this.indent += at - this.start;
        this.start = at;
        items.push(this.block(this.indent));
      } else {
        items.push(this.scalar(at, indent));
      }
    } while (this.indent === indent && this.isDash(this.start));
    if (this.indent > indent) { throw UNSUPPORTED; }
    // A list that grows has room for sixteen more items. Places are found by the list itself.
    return places === undefined ? items.slice() : items;
  }

  private placesOf(container: object): Map<string | number, number> | undefined {
    if (this.places === undefined) { return undefined; }
    const places = new Map<string | number, number>();
    this.places.set(container, places);
    return places;
  }

  /** The value of a field, on its line or below it. */
  private value(from: number, indent: number): unknown {
    const at = this.pastSpaces(from);
    if (!this.isComment(at)) { return this.scalar(at, indent); }
    this.nextLine();
    if (this.indent > indent) { return this.block(this.indent); }
    // The items of a list may stand below their field without indentation.
    return this.indent === indent && this.isDash(this.start) ? this.list(indent) : null;
  }

  /** A scalar on the current line, or a literal block that begins there; then the next line, which must not be its continuation. */
  private scalar(at: number, indent: number): unknown {
    const code = this.text.charCodeAt(at);
    if (code === 124 /* | */) { return this.literal(at + 1, indent); }
    const value = this.inline(at, code);
    this.nextLine();
    if (this.indent > indent) { throw UNSUPPORTED; }
    return value;
  }

  private inline(at: number, code: number): unknown {
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      const close = this.quoteEnd(at, code);
      if (close === -1 || !this.isComment(this.pastSpaces(close + 1))) { throw UNSUPPORTED; }
      return this.quoted(at, close, code);
    }
    if (code === 123 /* { */ || code === 91 /* [ */) {
      if (this.text.charCodeAt(at + 1) !== code + 2 || !this.isComment(this.pastSpaces(at + 2))) { throw UNSUPPORTED; }
      const empty = code === 123 ? {} : [];
      this.placesOf(empty);
      return empty;
    }
    if (INDICATORS.has(code) || (code === DASH && this.isBlank(at + 1))) { throw UNSUPPORTED; }
    const value = plainValue(this.plain(at));
    // Infinity and NaN are errors, which the complete parser reports.
    if (typeof value === 'number' && !Number.isFinite(value)) { throw UNSUPPORTED; }
    return value;
  }

  /** A scalar without quotes, up to a comment or the end of the line. */
  private plain(at: number): string {
    const { text, end } = this;
    let until = end;
    for (let index = at; index < end; index++) {
      const code = text.charCodeAt(index);
      if (code === COLON && this.isBlank(index + 1) || code === TAB) { throw UNSUPPORTED; }
      if (code === HASH && text.charCodeAt(index - 1) === SPACE) { until = index; break; }
    }
    while (text.charCodeAt(until - 1) === SPACE) { until--; }
    return text.slice(at, until);
  }

  private quoted(at: number, close: number, quote: number): string {
    const inner = this.text.slice(at + 1, close);
    if (quote === SINGLE_QUOTE) { return inner.replaceAll("''", "'"); }
    if (!inner.includes('\\')) { return inner; }
    if (!JSON_ESCAPES.test(inner) || inner.includes('\t')) { throw UNSUPPORTED; }
    return JSON.parse(`"${inner}"`) as string;
  }

  /** The offset of the closing quote on the line, or -1. */
  private quoteEnd(at: number, quote: number): number {
    const { text, end } = this;
    for (let index = at + 1; index < end; index++) {
      const code = text.charCodeAt(index);
      if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
        index++;
      } else if (code === quote) {
        if (quote === DOUBLE_QUOTE || text.charCodeAt(index + 1) !== quote) { return index; }
        index++;
      }
    }
    return -1;
  }

  /** The offset of the colon after a key, or -1 if there is none on the line. */
  private keyEnd(at: number): number {
    const { text, end } = this;
    const first = text.charCodeAt(at);
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
      const close = this.quoteEnd(at, first);
      const colon = close === -1 ? -1 : this.pastSpaces(close + 1);
      return text.charCodeAt(colon) === COLON && this.isBlank(colon + 1) ? colon : -1;
    }
    for (let index = at; index < end; index++) {
      const code = text.charCodeAt(index);
      if (code === COLON && this.isBlank(index + 1)) { return index; }
      if (code === HASH && text.charCodeAt(index - 1) === SPACE) { return -1; }
    }
    return -1;
  }

  private key(at: number, colon: number): string {
    if (colon === -1) { throw UNSUPPORTED; }
    const { text } = this;
    const first = text.charCodeAt(at);
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) { return this.quoted(at, this.quoteEnd(at, first), first); }
    if (!(first < 128 && KEY_STARTS[first] === 1)) { throw UNSUPPORTED; }
    for (let index = at; index < colon; index++) {
      const code = text.charCodeAt(index);
      if (code <= SPACE || code > 126) { throw UNSUPPORTED; }
    }
    const key = text.slice(at, colon);
    // `on: 1` is the field `true`, `0440: 1` the field `288`.
    if (typeof plainValue(key) !== 'string') { throw UNSUPPORTED; }
    return key;
  }

  /** A literal block (`|`, `|-`, `|+`): the lines below that are indented more than its field. */
  private literal(after: number, indent: number): string {
    const { text } = this;
    const chomping = text.charAt(after) === '-' || text.charAt(after) === '+' ? text.charAt(after) : '';
    if (!this.isComment(this.pastSpaces(after + chomping.length)) || (chomping === '' && !this.isBlank(after))) { throw UNSUPPORTED; }
    const lines: string[] = [];
    let column = -1;
    let blank = 0;
    let line = this.end + 1;
    while (line < text.length) {
      const start = this.pastSpaces(line);
      const end = this.lineEnd(start);
      if (start === end && (column === -1 || start - line <= column)) {
        // A first line of spaces that is longer than the text is indented is invalid.
        if (column === -1 && start - line > 0) { throw UNSUPPORTED; }
        blank++;
      } else {
        if (column === -1) { column = start - line; }
        if (start - line <= indent || start - line < column) {
          if (text.charCodeAt(start) === TAB || start - line > indent) { throw UNSUPPORTED; }
          break;
        }
        for (; blank > 0; blank--) { lines.push(''); }
        lines.push(text.slice(line + column, end));
      }
      line = end + 1;
    }
    // Without a line end after the last line, parsers differ; a block of blank lines alone is rare.
    if (line > text.length || lines.length === 0) { throw UNSUPPORTED; }
    this.end = line - 1;
    this.nextLine();
    const content = lines.join('\n');
    return chomping === '-' ? content : chomping === '+' ? `${content}\n${'\n'.repeat(blank)}` : `${content}\n`;
  }

  private isDash(at: number): boolean {
    return this.text.charCodeAt(at) === DASH && this.isBlank(at + 1);
  }

  /** Whether a token ends here: at a space, a tab or the end of the line. */
  private isBlank(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === SPACE || code === LINE_FEED || code === TAB || at >= this.text.length;
  }

  /** Whether nothing but a comment follows on the line. */
  private isComment(at: number): boolean {
    return at >= this.end || (this.text.charCodeAt(at) === HASH && this.text.charCodeAt(at - 1) === SPACE);
  }

  private pastSpaces(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === SPACE) { at++; }
    return at;
  }

  private lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end === -1 ? this.text.length : end;
  }
}
