import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';
import { nearest } from '../formats';
import { REPORT_FORMATS, type ReportFormat } from '../report';

const OPTIONS = {
  'help': { type: 'boolean', short: 'h' },
  'version': { type: 'boolean', short: 'V' },
  'format': { type: 'string', short: 'f' },
  'output': { type: 'string', short: 'o' },
  'config': { type: 'string', short: 'c' },
  'baseline': { type: 'string' },
  'write-baseline': { type: 'string' },
  'include': { type: 'string', multiple: true },
  'exclude': { type: 'string', multiple: true },
  'ignore': { type: 'string', multiple: true },
  'together': { type: 'boolean' },
  'warnings-as-errors': { type: 'boolean' },
  'allow-empty': { type: 'boolean' },
  'explain': { type: 'string' },
  'no-color': { type: 'boolean' },
  'out': { type: 'string' },
  'acknowledge': { type: 'string', multiple: true },
} as const;

/** Options of a conversion; all others but help and version are of `prove`. */
const CONVERT_OPTIONS = ['out', 'acknowledge'];

/** What a command line asks for. */
export interface CommandLine {
  readonly command: 'help' | 'version' | 'explain' | 'prove' | 'convert';
  /** The rule to explain. */
  readonly rule: string;
  readonly paths: ReadonlyArray<string>;
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly config: string | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly include: ReadonlyArray<string> | undefined;
  readonly exclude: ReadonlyArray<string>;
  readonly ignore: ReadonlyArray<string>;
  readonly together: boolean;
  readonly warningsAsErrors: boolean;
  readonly allowEmpty: boolean;
  readonly color: boolean;
  /** The file that a conversion writes. */
  readonly out: string | undefined;
  /** Reasons by what is not supported, such as `spec.replicas`. */
  readonly acknowledge: Readonly<Record<string, string>>;
}

/** @throws UsageError for an unknown option, a missing value, or a command that does not exist */
export function parseCommandLine(words: ReadonlyArray<string>): CommandLine {
  const { values, positionals: [command, ...paths] } = parsed(words);
  const wanted = values.help === true ? 'help' : values.version === true ? 'version' : values.explain !== undefined ? 'explain' : command;
  if (wanted === undefined) { throw new UsageError('no command; use: cdk8s-postgres-tls prove PATH…'); }
  if (wanted !== 'help' && wanted !== 'version' && wanted !== 'explain' && wanted !== 'prove' && wanted !== 'convert') {
    throw new UsageError(`unknown command '${wanted}'; use: cdk8s-postgres-tls prove ${wanted}`);
  }
  if (wanted === 'prove' || wanted === 'convert') { refuseOthers(wanted, Object.keys(values)); }
  return {
    command: wanted,
    rule: values.explain ?? '',
    paths,
    format: formatNamed(values.format ?? 'text'),
    output: values.output,
    config: values.config,
    baseline: values.baseline,
    writeBaseline: values['write-baseline'],
    include: values.include && separated(values.include),
    exclude: separated(values.exclude ?? []),
    ignore: values.ignore ?? [],
    together: values.together ?? false,
    warningsAsErrors: values['warnings-as-errors'] ?? false,
    allowEmpty: values['allow-empty'] ?? false,
    color: values['no-color'] !== true,
    out: values.out,
    acknowledge: Object.fromEntries((values.acknowledge ?? []).map(reasonOf)),
  };
}

function refuseOthers(command: 'prove' | 'convert', given: ReadonlyArray<string>): void {
  const other = given.find((option) => CONVERT_OPTIONS.includes(option) !== (command === 'convert'));
  if (other !== undefined) { throw new UsageError(`option '--${other}' is not of ${command}; see --help`); }
}

/** `spec.replicas=one is enough`. */
function reasonOf(given: string): [string, string] {
  const [, field, reason] = /^([^=]+)=(.*\S.*)$/.exec(given) ?? [];
  if (field === undefined || reason === undefined) { throw new UsageError(`--acknowledge '${given}' has no reason; write FIELD=REASON, such as 'spec.replicas=one is enough'`); }
  return [field.trim(), reason.trim()];
}

function parsed(words: ReadonlyArray<string>) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: string };
    const given = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || given === undefined) { throw new UsageError(`${message.split('. ')[0]!.replace(/\.$/, '')}; see --help`); }
    const meant = nearest(given.replace(/^-+/, ''), Object.keys(OPTIONS));
    throw new UsageError(`unknown option '${given}'; ${meant === undefined ? 'see --help' : `did you mean '--${meant}'?`}`);
  }
}

function formatNamed(name: string): ReportFormat {
  const format = REPORT_FORMATS.find((known) => known === name);
  if (format === undefined) { throw new UsageError(`unknown format '${name}'; use one of ${REPORT_FORMATS.join(', ')}`); }
  return format;
}

/** `--include a,b --include c`. */
function separated(values: ReadonlyArray<string>): string[] {
  return values.flatMap((value) => value.split(',')).map((value) => value.trim()).filter((value) => value !== '');
}
