/** Settings of a server by lower-case name. */
export type Settings = ReadonlyMap<string, string>;

/** The content of a postgresql.conf. */
export interface ConfFile {
  readonly settings: Settings;
  /** Whether the file includes no other files. */
  readonly isComplete: boolean;
}

const LINE = /^\s*([A-Za-z_][\w.]*)(?:\s*=\s*|\s+)('(?:[^'\\]|''|\\.)*'|[^\s#']+)/;

/** Source: PostgreSQL, Parameter Interaction via the Configuration File; the last line of a name counts. */
export function parseConfFile(file: string): ConfFile {
  const lines = file.split(/\r?\n/).flatMap((line) => {
    const match = LINE.exec(line);
    return match ? [[match[1]!.toLowerCase(), literal(match[2]!)] as const] : [];
  });
  const includes = lines.filter(([name]) => /^include(_if_exists|_dir)?$/.test(name));
  return { settings: new Map(lines), isComplete: includes.length === 0 };
}

/** The settings on the command line of `postgres`; a misplaced space counts as if it was not there (see `misplacedSpaces`). */
export function parseServerOptions(words: ReadonlyArray<string>): Settings {
  const settings = new Map<string, string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    const long = /^(?:--|-c)\s*([\w.-]+)\s*=([\s\S]*)$/.exec(word);
    const short = /^-([cDph])$/.exec(word);
    if (long) {
      settings.set(parameterName(long[1]!), long[2]!.trim());
    } else if (word === '-l') {
      settings.set('ssl', 'on');
    } else if (short) {
      index += 1;
      const value = words[index] ?? '';
      const equals = value.indexOf('=');
      if (short[1] === 'c' && equals > 0) { settings.set(parameterName(value.slice(0, equals)), value.slice(equals + 1).trim()); }
      if (short[1] === 'D') { settings.set('data_directory', value); }
      if (short[1] === 'p') { settings.set('port', value); }
    }
  }
  return settings;
}

/**
 * Words on the command line of `postgres` with a space that PostgreSQL takes for a part of the parameter name, and of `-D` for a part of the
 * path. Source: PostgreSQL 15, measured: `unrecognized configuration parameter " ssl"`; `-p 5432` and `-k /tmp` in one word work.
 */
export function misplacedSpaces(words: ReadonlyArray<string>): string[] {
  const found: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const isOption = words[index] === '-c';
    if (isOption) { index += 1; }
    const word = words[index] ?? '';
    const [, name] = (isOption ? /^([^=]*)=/ : /^(?:--|-c)([^=]*)=/).exec(word) ?? [];
    if ((name !== undefined && name !== name.trim()) || (!isOption && /^-D\s/.test(word))) { found.push(word); }
  }
  return found;
}

/** Whether a boolean setting is on; undefined where it is neither. */
export function isOn(value: string | undefined): boolean | undefined {
  if (value === undefined) { return undefined; }
  if (/^(on|true|yes|1|t|y)$/i.test(value)) { return true; }
  return /^(off|false|no|0|f|n)$/i.test(value) ? false : undefined;
}

function parameterName(text: string): string {
  return text.trim().toLowerCase().replaceAll('-', '_');
}

function literal(value: string): string {
  return value.startsWith("'") ? value.slice(1, -1).replace(/''|\\(.)/g, (match, escaped?: string) => (match === "''" ? "'" : escaped!)) : value;
}
