import { jsonTokens } from './json-tokens';

/** A JSON value of a text, with its offsets. */
export interface JsonValue {
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
}

/** The JSON values of a text: one, one a line, or one after the other as `jq` prints them; undefined if it is something else. */
export function jsonValues(text: string): JsonValue[] | undefined {
  if (!/^\s*(?:\{(?!\{)|\[)/.test(text)) { return undefined; }
  const whole = parsed(text);
  if (whole !== undefined) { return isDeep(whole.value) ? undefined : [{ start: 0, end: text.length, value: whole.value }]; }
  const values: JsonValue[] = [];
  for (const { start, end } of valueSpans(text)) {
    const one = parsed(text.slice(start, end));
    if (one === undefined || isDeep(one.value)) { return undefined; }
    values.push({ start, end, value: one.value });
  }
  return values;
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Texts between brackets that match, and whatever stands between two of them. */
function valueSpans(text: string): { readonly start: number; readonly end: number }[] {
  const spans: { readonly start: number; readonly end: number }[] = [];
  let depth = 0;
  let start = 0;
  for (const { mark, end } of jsonTokens(text)) {
    if (mark === '{' || mark === '[') { depth++; }
    if (mark === '}' || mark === ']') { depth--; }
    if (depth === 0 && (mark === '}' || mark === ']')) {
      spans.push({ start, end });
      start = end;
    }
  }
  return text.slice(start).trim() === '' ? spans : [...spans, { start, end: text.length }];
}

const MAX_DEPTH = 500;

/** Whether it is nested so deeply that functions that call themselves for each level are at risk. */
function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) { return true; }
    level = level.flatMap((inner) => typeof inner === 'object' && inner !== null ? Object.values(inner).filter((value) => typeof value === 'object') as unknown[] : []);
  }
  return false;
}
