import { ParameterContext, ParameterType, SERVER_PARAMETERS } from '../generated/server-parameters';

/** A server parameter in one major version. */
export interface KnownParameter {
  readonly type: ParameterType;
  readonly context: ParameterContext;
  /** Unit of a number without one: `kB`, `8kB`, `MB`, `ms`, `s`, `min`, `B` or empty. */
  readonly unit: string;
  readonly range: ReadonlyArray<number | string>;
}

/** Words that depend on how the server was built. */
const BUILD_DEPENDENT: Readonly<Record<string, string[]>> = {
  default_toast_compression: ['lz4'],
  io_method: ['io_uring'],
  wal_compression: ['lz4', 'zstd'],
};

const MEMORY_UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
const TIME_UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** What a boolean takes: `on` and `off` down to two letters, the others down to one. Source: PostgreSQL src/backend/utils/adt/bool.c, parse_bool_with_len. */
const [TRUE, FALSE] = [/^(t(r(ue?)?)?|y(es?)?|on|1)$/i, /^(f(a(l(se?)?)?)?|no?|off?|0)$/i];

/** Words that enums take without listing them. Source: PostgreSQL src/backend/utils/misc/guc_tables.c, the hidden entries. */
const HIDDEN: ReadonlyArray<readonly [beside: string, words: string[]]> = [['on', ['true', 'false', 'yes', 'no', '1', '0']], ['debug1', ['debug', 'info']]];

const BY_NAME = new Map(SERVER_PARAMETERS.map((row) => [`${row[2].toLowerCase()}`, SERVER_PARAMETERS.filter((other) => other[2] === row[2])]));

/** The parameter in a major version; names are not case-sensitive. */
export function lookUpParameter(major: number, name: string): KnownParameter | undefined {
  const row = BY_NAME.get(name.toLowerCase())?.find(([first, last]) => first <= major && major <= last);
  return row && { type: row[3], context: row[4], unit: row[5], range: [...row[6], ...(BUILD_DEPENDENT[name.toLowerCase()] ?? [])] };
}

/** Whether a server accepts a value only if it was built with it. */
export function isBuildDependent(name: string, value: string): boolean {
  return BUILD_DEPENDENT[name.toLowerCase()]?.includes(value.toLowerCase()) ?? false;
}

/** The boolean that PostgreSQL reads; undefined if the text is not a boolean. */
export function booleanIn(value: string): boolean | undefined {
  return TRUE.test(value) ? true : FALSE.test(value) ? false : undefined;
}

/** Major versions that have a parameter, for messages about those that do not. */
export function majorsOf(name: string): string | undefined {
  const rows = BY_NAME.get(name.toLowerCase());
  return rows && `${rows[0]![0]} to ${rows.at(-1)![1]}`;
}

/** Whether a name is that of an extension's parameter: it has a prefix. */
export function isExtensionParameter(name: string): boolean {
  return /^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)+$/.test(name);
}

/** Why a value is not valid for a parameter; undefined if it is. Parameters of extensions are not checked. */
export function unfitValue(parameter: KnownParameter, value: string): string | undefined {
  if (parameter.type === 'bool') { return booleanIn(value) === undefined ? 'is not a boolean (on or off)' : undefined; }
  if (parameter.type === 'enum') {
    const words = parameter.range.map((word) => String(word).toLowerCase());
    const hidden = HIDDEN.flatMap(([beside, more]) => (words.includes(beside) ? more : []));
    return [...words, ...hidden].includes(value.toLowerCase()) ? undefined : `is not one of ${parameter.range.join(', ')}`;
  }
  if (parameter.type === 'string') { return /[\n\r\0]/.test(value) ? 'has more than one line' : undefined; }
  const amount = parameter.type === 'integer' ? integerIn(value, parameter.unit) : numberIn(value, parameter.unit, false);
  if (amount === undefined) { return parameter.unit === '' ? 'is not a number' : 'is not a number with an optional, matching unit'; }
  const [min, max] = parameter.range.map(Number);
  return amount < min! || amount > max! ? `is not between ${min} and ${max}${parameter.unit && ` (in ${parameter.unit})`}` : undefined;
}

/** What C's `strtod` reads, without hexadecimal fractions; and what `strtol` reads alone, with the base by its prefix. */
const DECIMAL = /^[ \t\n\v\f\r]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;
const WHOLE = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/;
const INFINITE = /^[ \t\n\v\f\r]*([+-]?)inf(?:inity)?/i;

/**
 * A number in a parameter's own unit (`8kB` blocks, `ms` …), or undefined where PostgreSQL could not read it. Of an integer `0x10` is 16 and
 * `010` is 8.
 *
 * Source: PostgreSQL src/backend/utils/misc/guc.c, parse_int and parse_real.
 */
export function numberIn(value: string, unit: string, isInteger = true): number | undefined {
  const [text, amount] = (isInteger ? wholeIn(value) : infiniteIn(value) ?? decimalIn(value)) ?? [];
  if (text === undefined || amount === undefined) { return undefined; }
  const given = /^[ \t\n\v\f\r]*([^ \t\n\v\f\r]*)[ \t\n\v\f\r]*$/.exec(value.slice(text.length))?.[1];
  if (given === undefined || given === '') { return given === '' ? amount : undefined; }
  const [, multiple = '', base = ''] = /^(\d*)(\D*)$/.exec(unit)!;
  const units = base in MEMORY_UNITS ? MEMORY_UNITS : base in TIME_UNITS ? TIME_UNITS : {};
  const factor = Object.hasOwn(units, given) ? units[given] : undefined;
  return factor === undefined ? undefined : amount * factor / (units[base]! * Number(multiple || 1));
}

/** What PostgreSQL makes of an integer: a fraction is rounded. */
export function integerIn(value: string, unit: string): number | undefined {
  const amount = numberIn(value, unit);
  return amount === undefined ? undefined : roundHalfToEven(amount);
}

type Read = readonly [text: string, amount: number];

function wholeIn(value: string): Read | undefined {
  const match = WHOLE.exec(value);
  if (/^[.eE]/.test(value.slice(match?.[0].length ?? 0))) { return decimalIn(value); }
  if (!match) { return undefined; }
  const [text, sign, digits] = match as unknown as [string, string, string];
  const amount = /^0[0-7]/.test(digits) ? parseInt(digits, 8) : Number(digits);
  return [text, sign === '-' ? -amount : amount];
}

function infiniteIn(value: string): Read | undefined {
  const match = INFINITE.exec(value);
  return match ? [match[0], match[1] === '-' ? -Infinity : Infinity] : undefined;
}

/** A number beyond what a double holds, in either direction, is refused. */
function decimalIn(value: string): Read | undefined {
  const match = DECIMAL.exec(value);
  if (!match) { return undefined; }
  const amount = Number(match[1]);
  return Number.isFinite(amount) && (amount !== 0 || !/[1-9]/.test(match[1]!.replace(/[eE].*/, ''))) ? [match[0], amount] : undefined;
}

/** As C's `rint` rounds. */
function roundHalfToEven(amount: number): number {
  const floor = Math.floor(amount);
  const rest = amount - floor;
  return rest === 0.5 ? floor + Math.abs(floor % 2) : Math.round(amount);
}
