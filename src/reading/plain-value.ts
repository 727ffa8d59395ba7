/**
 * The value of a plain scalar (a YAML scalar without quotes) as Kubernetes reads it.
 *
 * Neither times nor base-60 numbers, but `yes`, `on` and `0440`, and `0o440` of YAML 1.2. Infinity and NaN have no JSON: {@link hasNoJson}.
 * Source: go-yaml v2, resolve.go, as sigs.k8s.io/yaml 1.6.0 uses it.
 */
export function plainValue(text: string): unknown {
  const first = text.charCodeAt(0);
  // Not one of the first characters of anything but a string: + - . 0-9 ~ F N O T Y f n o t y.
  if (!(first < 128 && MAY_BE_SPECIAL[first] === 1)) { return text === '' ? null : text; }
  if (first > 57) {
    const word = text.length <= 5 ? WORDS.get(text) : undefined;
    return word === undefined ? text : word === NULL ? null : word;
  }
  return numberOf(text) ?? text;
}

/** Whether a value is a number that JSON does not have: Kubernetes refuses the document. */
export function hasNoJson(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

const MAY_BE_SPECIAL = new Uint8Array(128);
for (const character of '+-.0123456789~FNOTYfnoty') { MAY_BE_SPECIAL[character.charCodeAt(0)] = 1; }

const NULL = Symbol('null');
const WORDS = new Map<string, boolean | typeof NULL>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, NULL] as const),
]);

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;

function numberOf(text: string): number | undefined {
  if (INFINITE.test(text)) { return text.startsWith('-') ? -Infinity : Infinity; }
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) { return NaN; }
  // Go does not remove the underscores of a number that begins with its point.
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  const integer = INTEGER.exec(digits);
  if (integer !== null) {
    const [, sign, hex, binary, octal, decimal] = integer;
    const value = decimal === undefined ? based(hex, binary, octal) : Number(decimal);
    // Beyond 64 bits only decimal numbers are read further, as floating-point numbers.
    if (decimal === undefined && value >= 2 ** 64) { return FLOAT.test(digits) ? finite(digits) : undefined; }
    return sign === '-' && value !== 0 ? -value : value;
  }
  return FLOAT.test(digits) ? finite(digits) : undefined;
}

function based(hex: string | undefined, binary: string | undefined, octal: string | undefined): number {
  return hex !== undefined ? parseInt(hex, 16) : binary !== undefined ? parseInt(binary, 2) : parseInt(octal!, 8);
}

/** A number beyond the range of a double is a string to Go. */
function finite(digits: string): number | undefined {
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}
