import type { DuplicateKey, FieldPath } from './complete-yaml';
import { jsonTokens } from './json-tokens';

/** A field or an item of a JSON value. */
interface Entry {
  readonly step: string | number;
  /** Of the key, or of the item. */
  readonly offset: number;
  readonly value: number;
  /** The offset after the value. */
  readonly end: number;
}

/** The offset of a path in a valid JSON text (of its key, or of its item), or of its nearest existing ancestor; 0 for the beginning. */
export function offsetInJson(text: string, path: FieldPath): number {
  let offset = 0;
  let value = pastBlanks(text, 0);
  for (const step of path) {
    let found: Entry | undefined;
    for (const entry of entriesOf(text, value)) {
      if (entry.step === step) {
        found = entry;
        // Of equal keys the last one counts.
        if (typeof step === 'number') { break; }
      }
    }
    if (found === undefined) { break; }
    ({ offset, value } = found);
  }
  return offset;
}

/** The items of a list in a valid JSON text, which is an object with the list `items`. */
export function itemSpans(text: string): { readonly start: number; readonly end: number }[] {
  let list = 0;
  for (const { step, value } of entriesOf(text, pastBlanks(text, 0))) { if (step === 'items') { list = value; } }
  return [...entriesOf(text, list)].map(({ value, end }) => ({ start: value, end }));
}

function* entriesOf(text: string, start: number): Generator<Entry> {
  const open = text.charAt(start);
  if (open !== '{' && open !== '[') { return; }
  let at = pastBlanks(text, start + 1);
  for (let index = 0; at < text.length && text.charAt(at) !== '}' && text.charAt(at) !== ']'; index++) {
    const offset = at;
    let step: string | number = index;
    if (open === '{') {
      const end = valueEnd(text, at);
      step = JSON.parse(text.slice(at, end)) as string;
      at = pastBlanks(text, pastBlanks(text, end) + 1);
    }
    const end = valueEnd(text, at);
    yield { step, offset, value: at, end };
    at = pastBlanks(text, end);
    if (text.charAt(at) === ',') { at = pastBlanks(text, at + 1); }
  }
}

/** The offset after a value. */
function valueEnd(text: string, start: number): number {
  if (!'"{['.includes(text.charAt(start))) {
    const after = /[\s,\]}]/g;
    after.lastIndex = start;
    return after.exec(text)?.index ?? text.length;
  }
  let depth = 0;
  for (const { mark, end } of jsonTokens(text, start)) {
    if (mark === '{' || mark === '[') { depth++; } else if (mark === '}' || mark === ']') { depth--; }
    if (depth === 0) { return end; }
  }
  return text.length;
}

function pastBlanks(text: string, from: number): number {
  let at = from;
  while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) { at++; }
  return at;
}

/** Keys that occur more than once in an object of a valid JSON text: JSON.parse takes the last one without a word. */
export function duplicatesInJson(text: string): DuplicateKey[] {
  const duplicates: DuplicateKey[] = [];
  const above: { readonly keys: Set<string> | undefined; step: string | number; isKeyNext: boolean }[] = [];
  for (const { mark: token, start, end } of jsonTokens(text)) {
    const inner = above.at(-1);
    if (token === '{') {
      above.push({ keys: new Set(), step: '', isKeyNext: true });
    } else if (token === '[') {
      above.push({ keys: undefined, step: 0, isKeyNext: false });
    } else if (token === '}' || token === ']') {
      above.pop();
    } else if (inner !== undefined && token === ',') {
      if (inner.keys === undefined) { (inner.step as number)++; } else { inner.isKeyNext = true; }
    } else if (inner?.isKeyNext && token === '"') {
      const key = JSON.parse(text.slice(start, end)) as string;
      inner.isKeyNext = false;
      inner.step = key;
      if (inner.keys!.has(key)) { duplicates.push({ path: above.map(({ step }) => step), offset: start }); }
      inner.keys!.add(key);
    }
  }
  return duplicates;
}
