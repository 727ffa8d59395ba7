import { ParameterContext, ParameterType, SERVER_PARAMETERS } from './server-parameters';

/** What is known of a server parameter in one major. */
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
const BOOLEANS = ['on', 'off', 'true', 'false', 'yes', 'no', '1', '0'];

const BY_NAME = new Map(SERVER_PARAMETERS.map((row) => [`${row[2].toLowerCase()}`, SERVER_PARAMETERS.filter((other) => other[2] === row[2])]));

/** What a major knows of a parameter; names are not case-sensitive. */
export function lookUpParameter(major: number, name: string): KnownParameter | undefined {
  const row = BY_NAME.get(name.toLowerCase())?.find(([first, last]) => first <= major && major <= last);
  return row && { type: row[3], context: row[4], unit: row[5], range: [...row[6], ...(BUILD_DEPENDENT[name] ?? [])] };
}

/** Majors that know a parameter, for the remedy of those that do not. */
export function majorsOf(name: string): string | undefined {
  const rows = BY_NAME.get(name.toLowerCase());
  return rows && `${rows[0]![0]} to ${rows.at(-1)![1]}`;
}

/** A parameter of an extension: its name has a prefix, and only the extension knows it. */
export function isExtensionParameter(name: string): boolean {
  return /^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)+$/.test(name);
}

/** Why a value does not fit a parameter, or undefined if it does. Values of extensions' parameters are not known. */
export function unfitValue(parameter: KnownParameter, value: string): string | undefined {
  if (parameter.type === 'bool') { return BOOLEANS.includes(value.toLowerCase()) ? undefined : 'is neither on nor off'; }
  if (parameter.type === 'enum') {
    // Most enums take the words of a boolean as hidden synonyms.
    return [...parameter.range, ...BOOLEANS].includes(value.toLowerCase()) || parameter.range.includes(value) ? undefined : `is none of ${parameter.range.join(', ')}`;
  }
  if (parameter.type === 'string') { return /[\n\r\0]/.test(value) ? 'has more than one line' : undefined; }
  const amount = numberIn(value, parameter.unit);
  if (amount === undefined) { return parameter.unit === '' ? 'is not a number' : 'is not a number with an optional unit of its kind'; }
  const [min, max] = parameter.range.map(Number);
  return amount < min! || amount > max! ? `is not between ${min} and ${max}${parameter.unit && ` (in ${parameter.unit})`}` : undefined;
}

/** A number in a parameter's own unit (`8kB` blocks, `ms` …), or undefined where PostgreSQL could not read it. */
export function numberIn(value: string, unit: string): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([A-Za-z]*)$/.exec(value.trim());
  if (!match) { return undefined; }
  const amount = Number(match[1]);
  const given = match[2]!;
  if (given === '') { return amount; }
  const [, multiple = '', base = ''] = /^(\d*)(\D*)$/.exec(unit)!;
  const units = base in MEMORY_UNITS ? MEMORY_UNITS : base in TIME_UNITS ? TIME_UNITS : {};
  const factor = units[given];
  return factor === undefined ? undefined : amount * factor / (units[base]! * Number(multiple || 1));
}
