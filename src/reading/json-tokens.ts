/** A string or a structural character of a JSON text. */
export interface JsonToken {
  /** The character, or `"` for a string. */
  readonly mark: string;
  readonly start: number;
  readonly end: number;
}

/** The strings and structural characters of a JSON text from an offset on; numbers and words are passed over. */
export function* jsonTokens(text: string, from = 0): Generator<JsonToken> {
  const structural = /["{}[\],:]/g;
  structural.lastIndex = from;
  for (let found = structural.exec(text); found !== null; found = structural.exec(text)) {
    const [mark] = found;
    const end = mark === '"' ? stringEnd(text, found.index) : found.index + 1;
    yield { mark, start: found.index, end };
    structural.lastIndex = end;
  }
}

/** The offset after a string that begins at an offset. */
function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text.charAt(quote - 1 - slashes) === '\\') { slashes++; }
    if (slashes % 2 === 0) { return quote + 1; }
  }
  return text.length;
}
